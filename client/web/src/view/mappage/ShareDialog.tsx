// Invite links, one a role. Links made in this browser are at hand; a facilitator may make a new one,
// which ends the old. Tokens stand in the fragment, so no server or proxy logs them.
import { type JSX, useEffect, useState } from 'react';
import type { MapConnection } from '../../sync/connection';
import type { Me, Role } from '../../wire/types';
import { later } from '../later';
import { goodInvites } from '../people/good-invites';
import { onlyHere } from '../people/only-here';
import { countOf } from '../people/roster';
import { inviteLink, knownInvites, rememberInvites } from '../remembered';
import { Button, CheckIcon, CopyIcon, Dialog, IconButton, QrIcon, say, toast } from '../ui';
import { count, INVITES, ROLES } from '../words';
import { useCommand, useShared } from '../workshop/use-workshop';
import { copyText } from './copy';

const QrDialog = later(async () => (await import('../people/QrDialog')).QrDialog);

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
  useEffect(() => {
    let left = false;
    void goodInvites(connection.mapId).then((good) => {
      if (!left) setKnown(good);
    });
    return () => {
      left = true;
    };
  }, [connection]);
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
      {onlyHere() === null ? null : <p className="share__only">{onlyHere()}</p>}
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
  const [isShownLarge, setShownLarge] = useState(false);
  const { name, may } = INVITES[role];
  const link = token === undefined ? null : inviteLink(connection.mapId, token);
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
          <IconButton
            label={`Show QR code for ${name.toLowerCase()}`}
            variant="secondary"
            icon={QrIcon}
            className="share__qr"
            onPress={() => setShownLarge(true)}
          />
          <CopyButton link={link} isMain={role === 'participant'} />
        </div>
      )}
      {mayRotate ? <Rotation role={role} isNew={link === null} onRotated={onRotated} /> : null}
      {isShownLarge && link !== null ? (
        <QrDialog lets={role} link={link} onClose={() => setShownLarge(false)} />
      ) : null}
    </section>
  );
}

function CopyButton({
  link,
  isMain,
}: {
  readonly link: string;
  readonly isMain: boolean;
}): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    if (await copyText(link)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 2500);
    } else toast({ title: 'The browser did not copy it', detail: 'Select the link and copy it.' });
  }
  return (
    <Button
      variant={isMain ? 'primary' : 'secondary'}
      icon={isCopied ? CheckIcon : CopyIcon}
      className="share__copy"
      onPress={() => void copy()}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/** A new link in place of whatever was given out; asks first, and says who loses what. */
function Rotation({
  role,
  isNew,
  onRotated,
}: {
  readonly role: Role;
  /** This browser holds no link for the role: one may be out there all the same. */
  readonly isNew: boolean;
  readonly onRotated: (token: string) => void;
}): JSX.Element {
  const command = useCommand();
  const people = useShared()?.people ?? [];
  const [step, setStep] = useState<'rest' | 'asking' | 'busy' | 'back'>('rest');
  const many = countOf(people, role);
  const one = ROLES[role].toLowerCase();
  async function rotate(): Promise<void> {
    setStep('busy');
    const done = await command({ rotateInvite: { role } });
    if (done?.invite !== undefined) {
      onRotated(done.invite);
      say('A new link is there');
    }
    setStep('back');
  }
  if (step === 'rest' || step === 'back') {
    return (
      <Button
        {...(isNew
          ? { variant: role === 'participant' ? ('primary' as const) : ('secondary' as const) }
          : { size: 's' as const, variant: 'ghost' as const })}
        className={isNew ? 'share__make' : 'share__new'}
        autoFocus={step === 'back'}
        onPress={() => setStep('asking')}
      >
        {isNew ? 'Make a link…' : 'Replace the link…'}
      </Button>
    );
  }
  return (
    <div className="share__ask" role="alert">
      <span>
        {isNew ? 'Any link or QR code' : 'The link and QR code'} given out before{' '}
        {isNew ? 'stops' : 'stop'} working: whoever has not joined by it yet needs the new one.{' '}
        {many === 0
          ? 'Nobody who is in has to leave.'
          : `${many === 1 ? `The ${one} who is` : `The ${count(many, one, `${one}s`)} who are`} in ${many === 1 ? 'stays' : 'stay'} in.`}
      </span>
      <Button size="s" variant="ghost" autoFocus onPress={() => setStep('back')}>
        {isNew ? 'Not now' : 'Keep it'}
      </Button>
      <Button
        size="s"
        variant="secondary"
        isPending={step === 'busy'}
        onPress={() => void rotate()}
      >
        Make a new link
      </Button>
    </div>
  );
}
