// Invite links, one a role. Links made in this browser are at hand; a facilitator may make a new one,
// which ends the old. Tokens stand in the fragment, so no server or proxy logs them.
import { type JSX, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import { CommandRefused } from '../../sync/workshop';
import type { Me, Role } from '../../wire/types';
import { inviteLink, knownInvites, rememberInvites } from '../remembered';
import { Button, CheckIcon, CopyIcon, Dialog, toast } from '../ui';
import { explain, INVITES } from '../words';
import { copyText } from './copy';

export function ShareDialog({
  connection,
  me,
  isOpen,
  onOpenChange,
}: {
  readonly connection: MapConnection;
  readonly me: Me;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}): JSX.Element {
  return (
    <Dialog title="Invite people" isOpen={isOpen} onOpenChange={onOpenChange}>
      <Links connection={connection} me={me} />
    </Dialog>
  );
}

function Links({
  connection,
  me,
}: {
  readonly connection: MapConnection;
  readonly me: Me;
}): JSX.Element {
  const [known, setKnown] = useState(() => knownInvites(connection.mapId));
  const mayRotate = me.role === 'facilitator';
  // Nobody hands on more than they were given.
  const roles: readonly Role[] = mayRotate
    ? ['participant', 'observer', 'facilitator']
    : (['participant', 'observer'] as const).filter((role) => known[role] !== undefined);

  if (roles.length === 0) {
    return <p>A facilitator of this map can give you an invite link to pass on.</p>;
  }
  return (
    <div className="share">
      <p className="share__text">
        Whoever opens a link gives a name and is in. No account is needed.
      </p>
      {roles.map((role) => (
        <InviteRow
          key={role}
          connection={connection}
          role={role}
          token={known[role]}
          mayRotate={mayRotate}
          onRotated={(token) => {
            rememberInvites(connection.mapId, { [role]: token });
            setKnown((before) => ({ ...before, [role]: token }));
          }}
        />
      ))}
    </div>
  );
}

function InviteRow({
  connection,
  role,
  token,
  mayRotate,
  onRotated,
}: {
  readonly connection: MapConnection;
  readonly role: Role;
  readonly token: string | undefined;
  readonly mayRotate: boolean;
  readonly onRotated: (token: string) => void;
}): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { name, may } = INVITES[role];
  const link = token === undefined ? null : inviteLink(connection.mapId, token);

  async function copy(): Promise<void> {
    if (link === null) return;
    if (await copyText(link)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } else toast({ title: 'The browser did not copy it', detail: 'Select the link and copy it.' });
  }

  async function rotate(): Promise<void> {
    setBusy(true);
    try {
      const { invite } = await connection.workshop.send({ rotateInvite: { role } });
      if (invite !== undefined) onRotated(invite);
    } catch (error) {
      toast({
        title: 'No new link was made',
        detail: error instanceof CommandRefused ? error.why : explain(error),
        tone: 'bad',
      });
    } finally {
      setBusy(false);
      setAsking(false);
    }
  }

  return (
    <section className="share__row" aria-label={name}>
      <div className="share__head">
        <h3>{name}</h3>
        <span>{may}</span>
      </div>
      {link === null ? null : (
        <div className="share__link">
          <input
            className="c-input"
            readOnly
            value={link}
            aria-label={`Invite link for ${name.toLowerCase()}`}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button
            variant={role === 'participant' ? 'primary' : 'secondary'}
            icon={isCopied ? CheckIcon : CopyIcon}
            className="share__copy"
            onPress={() => void copy()}
          >
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        </div>
      )}
      {!mayRotate ? null : isAsking ? (
        <div className="share__ask" role="alert">
          <span>The link given out before stops working. Whoever is in stays in.</span>
          <Button size="s" variant="ghost" onPress={() => setAsking(false)}>
            Keep it
          </Button>
          <Button size="s" variant="secondary" isPending={isBusy} onPress={() => void rotate()}>
            Make a new link
          </Button>
        </div>
      ) : (
        <Button size="s" variant="ghost" className="share__new" onPress={() => setAsking(true)}>
          {link === null ? 'Make a link…' : 'Replace the link…'}
        </Button>
      )}
    </section>
  );
}
