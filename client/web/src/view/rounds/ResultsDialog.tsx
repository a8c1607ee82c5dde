// The results of voting for everybody, over whichever screen of the map they are on.
import type { JSX } from 'react';
import { Dialog } from '../ui';
import { Results } from './Results';
import './rounds.css';

export default function ResultsDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  return (
    <Dialog
      title="Results of voting"
      width="m"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Results mayFacilitate={false} />
    </Dialog>
  );
}
