import { describe, expect, it } from 'vitest';
import type { VersionReport } from '../wire/versions';
import { causeWords, choosable, readSides, sidesQuery, versionLabel } from './moments';

const version = (fields: Partial<VersionReport>): VersionReport => ({
  id: 1,
  seq: 10,
  at: 1000,
  cause: 'saved',
  ...fields,
});

describe('VERSION: what a version is called', () => {
  it('has the name somebody gave it, and else says why it is there', () => {
    expect(versionLabel(version({ name: 'Before lunch' }))).toBe('Before lunch');
    expect(versionLabel(version({ cause: 'workshopStart' }))).toBe('Workshop started');
    expect(versionLabel(version({ cause: 'workshopEnd' }))).toBe('Workshop ended');
    expect(versionLabel(version({ cause: 'beforeRestore' }))).toBe('Before a restore');
  });

  it('still says why it is there once it has a name of its own', () => {
    expect(causeWords(version({ cause: 'workshopEnd', name: 'Day one' }))).toBe('Workshop ended');
    expect(causeWords(version({ cause: 'workshopEnd' }))).toBeUndefined();
    expect(causeWords(version({ name: 'Day one' }))).toBeUndefined();
  });

  it('stands among the reviews, the latest first', () => {
    const versions = [version({ name: 'One' }), version({ name: 'Two', seq: 30, at: 3000 })];
    const choices = choosable(versions, [{ seq: 20, at: 2000, day: '2026-11-01' }]);
    expect(choices.map(({ label }) => label)).toEqual(['Two', 'Review', 'One']);
  });
});

describe('COMPARE: the sides in an address', () => {
  it('are read and written alike', () => {
    for (const query of [
      '',
      '?from=12',
      '?from=12&to=40',
      '?with=other-map',
      '?from=3&with=m&to=9',
    ]) {
      const { from = 'now', to = 'now', ...rest } = readSides(query);
      expect(sidesQuery({ from, to, ...rest })).toBe(query);
    }
  });

  it('are now where the address says nothing that can be a record', () => {
    expect(readSides('?from=-4&to=1e9')).toEqual({ from: 'now', to: 'now' });
    expect(readSides('?with=../../x')).toEqual({});
    expect(readSides('?from=now')).toEqual({ from: 'now' });
  });
});
