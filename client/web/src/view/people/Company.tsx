// What people do to each other's page beside the map itself, on every screen of it: the facilitator's call, following, what has become of one's
// own role, and what is asked about people. Loaded once the map is shown.
import type { JSX } from 'react';
import type { Me } from '../../wire/types';
import type { MapPart } from '../router';
import { Asked } from './Asked';
import { Called } from './Called';
import './company.css';
import { Following } from './Following';
import { RoleNews } from './RoleNews';

export function Company({ me, part }: { readonly me: Me; readonly part: MapPart }): JSX.Element {
  return (
    <>
      <div className="company">
        <Called me={me} part={part} />
        <Following part={part} />
      </div>
      <Asked />
      <RoleNews me={me} />
    </>
  );
}
