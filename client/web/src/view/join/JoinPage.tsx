// Into a map by an invite link: a name, a colour, and in. Whoever has been here before walks straight
// through. The link's token leaves the address bar at once, where shared screens would show it.
import { type FormEvent, type JSX, useEffect, useState } from 'react';
import { joinMap, whoAmI } from '../../wire/api';
import { ApiError, saysNoSuchMap } from '../../wire/problem';
import { HostKeyDialog } from '../home/HostKey';
import { MessagePage } from '../MessagePage';
import { Page } from '../Page';
import {
  anyColor,
  knownInvites,
  pendingInvite,
  rememberedMe,
  rememberedProfile,
  rememberInvites,
  rememberMe,
  rememberProfile,
  setPendingInvite,
} from '../remembered';
import { dropFragment, navigate } from '../router';
import { TopBar } from '../TopBar';
import { Avatar, Button, ColorChoice, KeyIcon, TextField } from '../ui';
import { explain } from '../words';
import './join.css';

type Standing =
  | { readonly at: 'looking' }
  | { readonly at: 'form' }
  | { readonly at: 'no-map' }
  | { readonly at: 'unreachable'; readonly why: string };

const LONGEST_NAME = 60;

export function JoinPage({ map }: { readonly map: string }): JSX.Element {
  const [standing, setStanding] = useState<Standing>({ at: 'looking' });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt looks again
  useEffect(() => {
    let left = false;
    const fragment = location.hash.slice(1);
    if (fragment !== '') {
      setPendingInvite(map, fragment);
      dropFragment();
    }
    lookUp(map).then(
      (next) => {
        if (left) return;
        if (next === 'in') navigate(`/map/${map}`, 'replace');
        else setStanding(next);
      },
      (error: unknown) => {
        if (!left) setStanding({ at: 'unreachable', why: explain(error) });
      },
    );
    return () => {
      left = true;
    };
  }, [map, attempt]);

  switch (standing.at) {
    case 'looking':
      return (
        <>
          <TopBar />
          <Page title="Join" className="join" />
        </>
      );
    case 'form':
      return (
        <>
          <TopBar />
          <Page title="Join" className="join">
            <JoinForm map={map} onNoMap={() => setStanding({ at: 'no-map' })} />
          </Page>
        </>
      );
    case 'no-map':
      return (
        <MessagePage title="There is no such map">
          The link may be incomplete, or the map was deleted. Ask whoever invited you for a new
          link.
        </MessagePage>
      );
    case 'unreachable':
      return (
        <MessagePage
          title="The workshop cannot be reached"
          actions={
            <Button
              variant="primary"
              onPress={() => {
                setStanding({ at: 'looking' });
                setAttempt((before) => before + 1);
              }}
            >
              Try again
            </Button>
          }
        >
          {standing.why} Your invite is kept in this tab.
        </MessagePage>
      );
  }
}

/** Whoever the server knows here goes in; an invite to a higher role is taken up on the way. */
async function lookUp(map: string): Promise<'in' | Standing> {
  const invite = pendingInvite(map);
  try {
    const me = await whoAmI(map);
    rememberMe(me);
    if (invite !== null) {
      try {
        const { role } = await joinMap({ map, invite, name: me.name, color: me.color });
        rememberInvites(map, { [role]: invite });
      } catch (error) {
        // In already: a worn-out invite changes nothing.
        if (!(error instanceof ApiError)) throw error;
      }
      setPendingInvite(map, null);
    }
    return 'in';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // What this browser still has of it is let go of there.
    if (saysNoSuchMap(error) && rememberedMe(map) !== null) return 'in';
    if (error.kind === 'not-found') return { at: 'no-map' };
    if (error.kind === 'signed-out' || error.kind === 'forbidden') return { at: 'form' };
    throw error;
  }
}

function JoinForm({
  map,
  onNoMap,
}: {
  readonly map: string;
  readonly onNoMap: () => void;
}): JSX.Element {
  const [profile] = useState(rememberedProfile);
  const [name, setName] = useState(profile?.name ?? '');
  const [color, setColor] = useState(() => profile?.color ?? anyColor());
  const [nameError, setNameError] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [keyAsked, setKeyAsked] = useState(false);
  const known = knownInvites(map);
  const invite =
    pendingInvite(map) ?? known.facilitator ?? known.participant ?? known.observer ?? null;

  async function join(): Promise<void> {
    const chosen = name.trim();
    if (chosen === '') {
      setNameError('Type the name the others will see.');
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    try {
      const joined = await joinMap(
        invite === null ? { map, name: chosen, color } : { map, invite, name: chosen, color },
      );
      rememberProfile({ name: chosen, color });
      if (invite !== null) rememberInvites(map, { [joined.role]: invite });
      setPendingInvite(map, null);
      rememberMe({
        map,
        participant: joined.participant,
        role: joined.role,
        name: chosen,
        color,
      });
      navigate(`/map/${map}`, 'replace');
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError && error.kind === 'not-found' && invite === null) onNoMap();
      else setRefusal(refusalOf(error, invite !== null));
    }
  }

  return (
    <form
      className="join__card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!busy) void join();
      }}
    >
      <div className="join__head">
        <Avatar name={name} color={color} size="l" decorative />
        <div>
          <h1>Join the workshop</h1>
          <p>The others will see this name and colour.</p>
        </div>
      </div>
      <TextField
        label="Your name"
        value={name}
        onChange={(next) => {
          setName(next);
          setNameError(undefined);
        }}
        error={nameError}
        maxLength={LONGEST_NAME}
        autoComplete="name"
        autoFocus
      />
      <ColorChoice value={color} onChange={setColor} />
      {refusal === undefined ? null : (
        <p role="alert" className="form-error">
          {refusal}
        </p>
      )}
      <Button type="submit" variant="primary" size="l" wide isPending={busy}>
        Join
      </Button>
      {invite === null ? (
        <>
          <p className="join__host">
            You came without an invite. If you run this server, you may join as its host.
            <Button size="s" variant="ghost" icon={KeyIcon} onPress={() => setKeyAsked(true)}>
              I have the host key
            </Button>
          </p>
          <HostKeyDialog asked={keyAsked} onDone={() => setKeyAsked(false)} />
        </>
      ) : null}
    </form>
  );
}

function refusalOf(error: unknown, invited: boolean): string {
  if (error instanceof ApiError) {
    switch (error.kind) {
      case 'signed-out':
      case 'forbidden':
      case 'not-found':
        return invited
          ? 'This invite no longer works: it was replaced, or the map is gone. Ask whoever invited you for a new link.'
          : 'This map needs an invite. Ask its facilitator for a link.';
      default:
        return error.message;
    }
  }
  return explain(error);
}
