// The day it is, followed over midnight: a map may stay open for days.
import { useEffect, useState } from 'react';

/** A moment of today; another one as soon as it is another day. */
export function useDay(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    const timer = setTimeout(() => setNow(new Date()), tomorrow.getTime() - Date.now());
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
