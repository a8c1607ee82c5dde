// The bar over screens that are not a map: the product's name, and the theme.
import type { JSX, ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { ThemeMenu } from './ThemeMenu';
import './top-bar.css';
import { CairnMark } from './ui';

export function TopBar({ children }: { readonly children?: ReactNode }): JSX.Element {
  return (
    <header className="top-bar">
      <Link href="/" className="top-bar__home">
        <CairnMark size={26} />
        <span>Cairn</span>
      </Link>
      <div className="top-bar__end">
        {children}
        <ThemeMenu />
      </div>
    </header>
  );
}
