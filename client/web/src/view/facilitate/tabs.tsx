// The tabs of the facilitator's panel, below the clock. A tab may carry a mark beside its name, such as how many hands are up.
import type { ComponentType } from 'react';
import { HandsMark } from '../people/HandsMark';
import PeopleTab from '../people/PeopleTab';
import { AgendaTab } from './agenda/AgendaTab';
import { RoundsPane } from './RoundsPane';

export interface FacilitateTab {
  readonly id: string;
  readonly name: string;
  readonly Tab: ComponentType;
  readonly Mark?: ComponentType;
}

export const TABS: readonly FacilitateTab[] = [
  { id: 'agenda', name: 'Agenda', Tab: AgendaTab },
  { id: 'rounds', name: 'Rounds', Tab: RoundsPane },
  { id: 'people', name: 'People', Tab: PeopleTab, Mark: HandsMark },
];
