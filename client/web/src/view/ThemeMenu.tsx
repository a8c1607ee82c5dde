// Light, dark, or as the system says.
import type { JSX } from 'react';
import { createStore } from '../sync/store';
import { applyTheme, rememberedTheme, type Theme } from './remembered';
import { IconButton, Menu, MenuItem, MonitorIcon, MoonIcon, SunIcon } from './ui';
import { useStore } from './use-store';

const ICONS = { system: MonitorIcon, light: SunIcon, dark: MoonIcon } as const;

const chosen = createStore<Theme>(rememberedTheme());

export function useTheme(): Theme {
  return useStore(chosen);
}

export function setTheme(theme: Theme): void {
  applyTheme(theme);
  chosen.set(theme);
}

export function ThemeMenu(): JSX.Element {
  const theme = useTheme();
  return (
    <Menu
      aria-label="Theme"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        const [key] = keys;
        if (key === 'system' || key === 'light' || key === 'dark') setTheme(key);
      }}
      trigger={<IconButton label="Theme" icon={ICONS[theme]} />}
    >
      <MenuItem id="system" icon={MonitorIcon}>
        Like the system
      </MenuItem>
      <MenuItem id="light" icon={SunIcon}>
        Light
      </MenuItem>
      <MenuItem id="dark" icon={MoonIcon}>
        Dark
      </MenuItem>
    </Menu>
  );
}
