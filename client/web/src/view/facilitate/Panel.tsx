// The facilitator's panel: the step under way with its clock, always in sight, and below it what there is to prepare and to run. Loaded
// after the map is shown.
import { type JSX, type KeyboardEvent, useEffect, useRef } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useKeptPlace } from '../kept-focus';
import { useBoard, useStore } from '../map/use';
import { CloseIcon, IconButton } from '../ui';
import './facilitate.css';
import './agenda.css';
import { Head } from './head/Head';
import { closePanel, openingOf } from './opening';
import { TABS } from './tabs';

export function Panel(): JSX.Element {
  const board = useBoard();
  const { asked } = openingOf(board);
  const isAsked = useStore(asked);
  const element = useRef<HTMLElement>(null);
  useKeptPlace(element);
  // After everything else has settled: a screen that has just come takes the focus first.
  useEffect(() => {
    if (!isAsked) return;
    const first =
      element.current?.querySelector<HTMLElement>('[data-first]') ??
      element.current?.querySelector<HTMLElement>('button');
    first?.focus();
    asked.set(false);
  }, [asked, isAsked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // What hangs over the page has its own way out.
    if (!element.current?.contains(event.target as Node)) return;
    event.preventDefault();
    closePanel(board);
  };
  return (
    <aside
      ref={element}
      tabIndex={-1}
      className="f-panel"
      aria-label="Facilitate"
      onKeyDown={onKeyDown}
    >
      <header className="f-panel__bar">
        <h2>Facilitate</h2>
        <IconButton label="Close the panel" icon={CloseIcon} onPress={() => closePanel(board)} />
      </header>
      <Head />
      <Below />
    </aside>
  );
}

function Below(): JSX.Element {
  const { tab } = openingOf(useBoard());
  const chosen = useStore(tab);
  const [first] = TABS;
  return (
    <Tabs
      className="f-tabs"
      selectedKey={TABS.find(({ id }) => id === chosen)?.id ?? first?.id ?? ''}
      onSelectionChange={(key) => tab.set(String(key))}
    >
      <TabList className="f-tabs__list" aria-label="What to facilitate">
        {TABS.map(({ id, name, Mark }) => (
          <Tab key={id} id={id} className="f-tabs__tab">
            {name}
            {Mark === undefined ? null : <Mark />}
          </Tab>
        ))}
      </TabList>
      {TABS.map(({ id, Tab: Content }) => (
        <TabPanel key={id} id={id} className="f-tab">
          <Content />
        </TabPanel>
      ))}
    </Tabs>
  );
}
