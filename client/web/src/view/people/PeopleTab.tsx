// Who is in the workshop, for the facilitator's panel: inviting, bringing everyone together, handing over, and everyone with what can be done
// with each.
import { type JSX, useState } from 'react';
import { later } from '../later';
import type { Board } from '../map/board';
import { useBoard, useStore } from '../map/use';
import { inviteLink } from '../remembered';
import { Button, GatherIcon, KeyIcon, ParkIcon, QrIcon, ShareIcon } from '../ui';
import { useShared } from '../workshop/use-workshop';
import { askedOf, openParking } from './asking';
import { Counts } from './Counts';
import { bringEveryone, letGo } from './company';
import { goodInvites } from './good-invites';
import './people.css';
import { placeWords, seenBy, spotAt } from './place';
import { Roster } from './Roster';

const QrDialog = later(async () => (await import('./QrDialog')).QrDialog);

const atOnce = (then: () => void): void => then();

export default function PeopleTab(): JSX.Element {
  const board = useBoard();
  const parked = useShared()?.parked.length ?? 0;
  const [shownLink, setShownLink] = useState<string | null>(null);
  async function showQr(): Promise<void> {
    const { mapId } = board.connection;
    const { participant } = await goodInvites(mapId);
    // Without a link in this browser there is none to show: it is made where all of them are.
    if (participant === undefined) board.dialog.set('share');
    else setShownLink(inviteLink(mapId, participant));
  }
  return (
    <div className="people-tab">
      <div className="people-tab__acts">
        <Button size="s" icon={ShareIcon} onPress={() => board.dialog.set('share')}>
          Invite
        </Button>
        <Button size="s" icon={QrIcon} onPress={() => void showQr()}>
          Show QR code
        </Button>
        <Button size="s" icon={KeyIcon} onPress={() => askedOf(board).set({ ask: 'hand-over' })}>
          Hand over…
        </Button>
        <Button size="s" icon={ParkIcon} onPress={() => openParking(board)}>
          Parking lot{parked === 0 ? '' : ` (${parked})`}
        </Button>
      </div>
      <Together board={board} />
      <Counts />
      <Roster leave={atOnce} />
      {shownLink === null ? null : (
        <QrDialog lets="participant" link={shownLink} onClose={() => setShownLink(null)} />
      )}
    </div>
  );
}

/** Bringing everyone to what one looks at, and letting them go again. */
function Together({ board }: { readonly board: Board }): JSX.Element {
  const light = useShared()?.spotlight;
  useStore(board.journey.card(light?.spot.card ?? ''));
  const spot = light === undefined ? undefined : spotAt(board.journey, light.spot);
  return (
    <section className="people-tab__together" aria-label="Bring everyone together">
      {light === undefined ? null : (
        <p>
          Everyone was brought to{' '}
          <strong>{spot === undefined ? 'a place that is gone' : placeWords(board, spot)}</strong>.
        </p>
      )}
      <div className="people-tab__acts">
        <Button size="s" icon={GatherIcon} onPress={() => void bringEveryone(board, seenBy(board))}>
          Bring everyone to my view
        </Button>
        {light === undefined ? null : (
          <Button size="s" variant="ghost" onPress={() => void letGo(board)}>
            Let everyone go
          </Button>
        )}
      </div>
    </section>
  );
}
