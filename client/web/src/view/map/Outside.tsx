// The mark on a header of what the step under way leaves out, and the same in words for those who do not see it.
import type { JSX } from 'react';
import { LockIcon } from '../ui';

const WORDS = 'Outside this step’s focus';

/** Beside the name of a cell. */
export function boundsWords(bounds: string | undefined): string {
  if (bounds === undefined) return '';
  return bounds === 'still' ? ', locked' : `, outside this step’s focus${isStill(bounds)}`;
}

function isStill(bounds: string): string {
  return bounds.endsWith('still') ? ', locked' : '';
}

export function Outside({ bounds }: { readonly bounds: string | undefined }): JSX.Element | null {
  if (bounds?.startsWith('outside') !== true) return null;
  return (
    <p className="m-outside">
      {bounds.endsWith('still') ? <LockIcon size={14} /> : null}
      <span>{WORDS}</span>
    </p>
  );
}
