import { describe, expect, it } from 'vitest';
import type { Channel } from '@/lib/api';
import { tierWords } from '../words';
import { channelFields, inputOf } from './fields';

const slack: Channel = {
  id: 'c1',
  kind: 'slack',
  name: '#ops',
  address: 'hooks.slack.example',
  tiers: [1],
  receives: ['alerts'],
  events: [],
  from_environment: false,
  failing_since: null,
  disabled_at: null,
  version: 1,
  created_at: null,
  updated_at: null,
};

describe('a channel in its form', () => {
  it('keeps the secret address unless another is given', () => {
    const fields = channelFields(slack, 'mail');
    expect(inputOf(fields)).toEqual({ name: '#ops', tiers: [1], receives: ['alerts'] });
    expect(inputOf({ ...fields, place: 'https://hooks.slack.example/2' })).toMatchObject({
      url: 'https://hooks.slack.example/2',
    });
  });

  it('names its place as its kind does, and hears as its kind does', () => {
    const fields = { ...channelFields(null, 'mail'), place: ' ops@company.example ' };
    expect(inputOf(fields)).toEqual({
      address: 'ops@company.example',
      tiers: [1, 2, 3],
      receives: ['alerts', 'updates'],
    });
    const hook = inputOf({ ...channelFields(null, 'webhook'), place: 'https://x.example' });
    expect(hook).toMatchObject({ url: 'https://x.example' });
    expect(hook.events).toContain('incident.update_published');
    expect(hook).not.toHaveProperty('receives');
  });
});

describe('tiers in words', () => {
  it('say what counts', () => {
    expect(tierWords([1, 2, 3])).toBe('Every tier');
    expect(tierWords([1])).toBe('Tier 1');
    expect(tierWords([1, 2])).toBe('Tiers 1 and 2');
    expect(tierWords([])).toBe('No tier');
  });
});
