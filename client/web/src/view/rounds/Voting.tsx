// What a page does about votes: the bar of the open one, a line about the one that has just ended, the dialogs, the voice, and the cards.
// Mounted once, by `VotingBar`.
import { type JSX, useEffect } from 'react';
import { later, loadParts } from '../later';
import { useBoard, useStore } from '../map/use';
import { whenIdle } from '../when-idle';
import { useEnded } from '../workshop/use-ended';
import CardVotes from './CardVotes';
import { EndedBar } from './EndedBar';
import { OpenBar } from './OpenBar';
import { useDesk, useOpenRound, useRounds } from './use-rounds';
import { useVoteVoice } from './voice';
import './voting-bar.css';

const VoteList = later(async () => (await import('./VoteList')).default);
const ResultsDialog = later(async () => (await import('./ResultsDialog')).default);
const CompareDialog = later(async () => (await import('./CompareDialog')).default);
const ReceiptDialog = later(async () => (await import('./ReceiptDialog')).default);

const DIALOGS = {
  list: VoteList,
  results: ResultsDialog,
  compare: CompareDialog,
  receipt: ReceiptDialog,
} as const;

export default function Voting(): JSX.Element {
  const board = useBoard();
  const desk = useDesk();
  const round = useOpenRound();
  const [ended, dismiss] = useEnded(useRounds(), round?.id);
  useEffect(() => desk.attach(CardVotes), [desk]);
  // The dialogs open without a connection, too.
  useEffect(() => whenIdle(() => void loadParts().catch(() => undefined)), []);
  useVoteVoice();
  // Cards that are not in the vote are quiet meanwhile.
  const isOpen = round !== undefined;
  useEffect(() => {
    if (!isOpen) return undefined;
    document.documentElement.dataset.vote = 'open';
    return () => {
      delete document.documentElement.dataset.vote;
    };
  }, [isOpen]);
  return (
    <>
      {round === undefined ? (
        ended === undefined ? null : (
          <EndedBar round={ended} onDismiss={dismiss} />
        )
      ) : (
        <OpenBar round={round} isWatching={board.readOnly} />
      )}
      <Dialogs />
    </>
  );
}

function Dialogs(): JSX.Element | null {
  const desk = useDesk();
  const dialog = useStore(desk.dialog);
  if (dialog === null) return null;
  const Shown = DIALOGS[dialog];
  return <Shown onClose={() => desk.dialog.set(null)} />;
}
