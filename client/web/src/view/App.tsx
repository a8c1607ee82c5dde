// The frame around every screen: which one, the skip link, messages, and what shows when one breaks.
import { Component, type JSX, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { RouterProvider } from 'react-aria-components';
import { HomePage } from './home/HomePage';
import { JoinPage } from './join/JoinPage';
import { MessagePage } from './MessagePage';
import { navigate, type Route, readRoute, usePath } from './router';
import './app.css';
import { MapSkeleton } from './mappage/MapSkeleton';
import { Announcer, Button, Toasts } from './ui';
import { whenIdle } from './when-idle';

const loadMapPage = () => import('./MapPage').then((page) => ({ default: page.MapPage }));
const MapPage = lazy(loadMapPage);
const HistoryPage = lazy(() =>
  import('./history/HistoryPage').then((page) => ({ default: page.HistoryPage })),
);

export function App(): JSX.Element {
  const route = readRoute(usePath());
  const leadsToMap = route.screen === 'home' || route.screen === 'join';
  useEffect(() => {
    // Whoever chooses a map or types a name waits for no script afterwards. A failure shows when the page is wanted.
    if (leadsToMap) return whenIdle(() => void loadMapPage().catch(() => undefined));
    return undefined;
  }, [leadsToMap]);
  return (
    <RouterProvider navigate={(to) => navigate(to)}>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <Breakage key={placeOf(route)}>
        <Screen route={route} />
      </Breakage>
      <Toasts />
      <Announcer />
    </RouterProvider>
  );
}

/** Where one is: the parts of one map are one place, so that going between them keeps its connection. */
function placeOf(route: Route): string {
  return 'map' in route ? `${route.screen} ${route.map}` : route.screen;
}

function Screen({ route }: { readonly route: Route }): JSX.Element {
  switch (route.screen) {
    case 'home':
      return <HomePage />;
    case 'join':
      return <JoinPage map={route.map} />;
    case 'map':
      return (
        <Suspense fallback={<MapSkeleton />}>
          <MapPage map={route.map} part={route.part} />
        </Suspense>
      );
    case 'history':
      return (
        <Suspense fallback={<MapSkeleton />}>
          <HistoryPage map={route.map} />
        </Suspense>
      );
    case 'lost':
      return (
        <MessagePage title="There is nothing here">
          This address leads nowhere. If somebody sent it to you, part of the link may be missing.
        </MessagePage>
      );
  }
}

/** Catches what a screen did not foresee. The map is safe: it is in this browser and on the server. */
class Breakage extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <MessagePage
        title="This page broke"
        actions={
          <Button variant="primary" onPress={() => location.reload()}>
            Reload
          </Button>
        }
      >
        Something went wrong in this page, not in your map: everything you typed is kept. Reload to
        go on.
      </MessagePage>
    );
  }
}
