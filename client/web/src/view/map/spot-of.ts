// Which spot an element of the grid is, read off its data attributes.
import type { Spot } from './spot';

export function spotOf(target: EventTarget): Spot | undefined {
  if (!(target instanceof HTMLElement) || target.dataset.spot === undefined) return undefined;
  const { card, draft, head, id, lane, stage, spot } = target.dataset;
  if (spot === 'corner') return { kind: 'corner' };
  if (head === 'stages' && id !== undefined) return { kind: 'stage', stage: id };
  if (head === 'lanes' && id !== undefined) return { kind: 'lane', lane: id };
  if (card !== undefined || draft !== undefined) {
    const cell = target.closest<HTMLElement>('[data-lane][data-stage]')?.dataset;
    if (cell?.lane === undefined || cell.stage === undefined) return undefined;
    const place = { lane: cell.lane, stage: cell.stage };
    return card === undefined
      ? { kind: 'draft', draft: draft ?? '', ...place }
      : { kind: 'card', card, ...place };
  }
  if (lane !== undefined && stage !== undefined) return { kind: 'cell', lane, stage };
  return undefined;
}
