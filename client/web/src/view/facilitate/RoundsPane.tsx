// What a facilitator asks of everyone beside the agenda: to write for themselves, to say how it feels, to vote. What is under way comes first.
import type { JSX } from 'react';
import { BrainstormSection } from '../brainstorm/BrainstormSection';
import { EmotionSection } from '../feelings/EmotionSection';
import RoundsTab from '../rounds/RoundsTab';
import { useShared } from '../workshop/use-workshop';

export function RoundsPane(): JSX.Element {
  const shared = useShared();
  const isOpen = ({ state }: { readonly state: string }): boolean => state === 'open';
  const isVoting = shared?.rounds.some(isOpen) === true;
  const votes = (
    <section key="votes" className="e-section" aria-labelledby="v-section">
      <h3 id="v-section" className="e-section__title">
        Votes
      </h3>
      <RoundsTab />
    </section>
  );
  const others = [<BrainstormSection key="brainstorm" />, <EmotionSection key="feelings" />];
  return <div className="f-rounds">{isVoting ? [votes, ...others] : [...others, votes]}</div>;
}
