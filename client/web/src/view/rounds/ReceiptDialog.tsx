// A voter's receipt in an anonymous vote: the pseudonym their dots are kept under, to be copied while the vote is open.
import { type JSX, useState } from 'react';
import { copyText } from '../mappage/copy';
import { Button, CheckIcon, CopyIcon, Dialog, toast } from '../ui';
import { useBallot } from './use-rounds';
import './receipt.css';

export default function ReceiptDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const receipt = useBallot()?.receipt;
  return (
    <Dialog
      title="Your receipt"
      width="s"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      {receipt === undefined ? (
        <p>There is no anonymous vote open in which you have a ballot.</p>
      ) : (
        <Receipt receipt={receipt} />
      )}
    </Dialog>
  );
}

function Receipt({ receipt }: { readonly receipt: string }): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    if (await copyText(receipt)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } else toast({ title: 'The browser did not copy it', detail: 'Select it and copy it.' });
  };
  return (
    <div className="v-receipt">
      <p>
        Your dots are kept under this pseudonym and not under your name, and when the vote closes
        the only thing that links the two is destroyed. Whoever holds the receipt can then find
        these dots among the ballots: keep it if you want to check yours, and show it to nobody.
      </p>
      <output className="v-receipt__code" aria-label="Your receipt">
        {grouped(receipt)}
      </output>
      <Button variant="primary" icon={isCopied ? CheckIcon : CopyIcon} onPress={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
      <p className="v-receipt__note">
        After the vote it can be checked under <b>Results of voting</b>. It is not stored anywhere
        else: closed without it, nobody can find it for you.
      </p>
    </div>
  );
}

/** In groups of eight, as codes are read. */
export function grouped(receipt: string): string {
  return receipt.replace(/(.{8})(?=.)/gu, '$1 ');
}
