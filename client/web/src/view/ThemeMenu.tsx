// Light, dark, or as the system says.
import { type JSX, useState } from 'react';
import { applyTheme, rememberedTheme, type Theme } from './remembered';
import { IconButton, Menu, MenuItem, MonitorIcon, MoonIcon, SunIcon } from './ui';

const ICONS = { system: MonitorIcon, light: SunIcon, dark: MoonIcon } as const;

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(rememberedTheme);
  return [
    theme,
    (next) => {
      applyTheme(next);
      setTheme(next);
    },
  ];
}

export function ThemeMenu(): JSX.Element {
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      aria-label="Theme"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        const chosen = [...keys][0];
        if (chosen === 'system' || chosen === 'light' || chosen === 'dark') setTheme(chosen);
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
