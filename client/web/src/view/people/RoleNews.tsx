// Says once, in words, what has become of one's own role.
import { useEffect, useRef } from 'react';
import type { Me } from '../../wire/types';
import { rememberToldRole, toldRole } from '../remembered';
import { toast } from '../ui';
import { roleNews } from './own-role';

/** Long enough to be read by somebody who was in the middle of something. Seconds. */
const SHOWN = 12;

export function RoleNews({ me }: { readonly me: Me }): null {
  const told = useRef(toldRole(me) ?? me.role);
  useEffect(() => {
    const news = roleNews(told.current, me.role);
    told.current = me.role;
    rememberToldRole(me);
    if (news !== null) toast(news, SHOWN);
  }, [me]);
  return null;
}
