// How the list is ranked, in the words a facilitator can repeat to a room: the formula, where it comes from, what it cannot say.
// docs/opportunities.md says the same at more length.
import { type JSX, useState } from 'react';
import { Button, Dialog, InfoIcon } from '../ui';

export function HowRanked(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="s"
        variant="ghost"
        icon={InfoIcon}
        className="o-bar__short"
        onPress={() => setOpen(true)}
      >
        How is this ranked?
      </Button>
      <Dialog title="How opportunities are ranked" isOpen={isOpen} onOpenChange={setOpen}>
        <div className="o-how">
          <p className="o-how__formula">
            <span>score</span> = (<span>impact</span> + <span>value</span>) ÷ <span>effort</span>
          </p>
          <p>
            Impact for the customer, value for the business and effort, each from 1 to 5. What
            brings much for little comes first; scores go from 0.4 to 10.
          </p>
          <p>
            It is <em>weighted shortest job first</em>: what waiting costs, over the size of the job
            (Donald Reinertsen, <cite>The Principles of Product Development Flow</cite>, 2009; as
            used in{' '}
            <a
              href="https://framework.scaledagile.com/wsjf"
              target="_blank"
              rel="noopener noreferrer"
            >
              SAFe
            </a>
            ). A journey map rates neither urgency nor risk, so those two parts are left out.
          </p>
          <ul>
            <li>Equal scores share a rank: 1, 2=, 2=, 4.</li>
            <li>Without all three ratings there is no score. Nothing is assumed for you.</li>
            <li>Done and dropped ones take no rank.</li>
            <li>
              Pain severity is the sum over the pains an opportunity addresses. Expectation gaps, on
              a scale of their own, only break ties.
            </li>
            <li>
              The order is worked out, so rows cannot be dragged into another. Group by status to
              drag them from status to status, or change the ratings by dragging in the matrix.
            </li>
          </ul>
          <p>
            Ratings are judgements. Scores a few tenths apart are as good as equal: talk about them.
          </p>
        </div>
      </Dialog>
    </>
  );
}
