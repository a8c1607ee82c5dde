// The head of a panel that is not about one card: what it is about, and the way out.
import type { JSX } from 'react';
import { CloseIcon, IconButton } from '../../ui';
import { useBoard } from '../use';
import { WhyRead } from './reading';

export function PanelHead({
  title,
  about,
}: {
  readonly title: string;
  readonly about: string;
}): JSX.Element {
  const board = useBoard();
  return (
    <>
      <header className="m-panel__head">
        <div className="m-panel__where">
          <h2>{title}</h2>
          <p>{about}</p>
        </div>
        <IconButton label="Close details" icon={CloseIcon} onPress={() => board.closePanel()} />
      </header>
      <WhyRead />
    </>
  );
}
