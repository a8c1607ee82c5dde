// Into the presentation of a map, in full screen where the browser lets a press ask for it; and out of it.
import { mapPath, navigate } from '../router';

/** Whether the page before this one is where the presentation was begun. */
let begun = false;

export function present(map: string): void {
  begun = true;
  void fillScreen();
  navigate(mapPath(map, 'present'));
}

/** Without full screen, by policy or on a phone, it is presented in the window. */
export async function fillScreen(): Promise<void> {
  try {
    await document.documentElement.requestFullscreen();
  } catch {
    // Nothing to do: everything works in the window.
  }
}

export async function leaveFullScreen(): Promise<void> {
  if (document.fullscreenElement === null) return;
  try {
    await document.exitFullscreen();
  } catch {
    // Already left.
  }
}

/** Goes back to where the presentation was begun, or to the map for whoever opened its address. */
export function leave(map: string): void {
  void leaveFullScreen();
  if (begun) history.back();
  else navigate(mapPath(map));
  begun = false;
}
