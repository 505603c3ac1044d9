import { describe, expect, it } from 'vitest';
import { grouped } from './grouping';
import { sampleBrief } from './samples';

const now = Date.parse('2026-11-21T10:18:00Z');

const titles = (incidents: Parameters<typeof grouped>[0]) =>
  grouped(incidents, now).map(({ title, note, incidents: inside }) => [
    title,
    note,
    ...inside.map(({ id }) => id),
  ]);

describe('the list of incidents', () => {
  it('puts P1 first, then new, in progress and paused, while nothing was promised', () => {
    expect(
      titles([
        sampleBrief({ id: 'paused', status: 'pending' }),
        sampleBrief({ id: 'new' }),
        sampleBrief({ id: 'working', status: 'in_progress' }),
        sampleBrief({ id: 'worst', status: 'in_progress', priority: 'P1' }),
      ]),
    ).toEqual([
      ['Most urgent', '1, priority P1', 'worst'],
      ['New', '1', 'new'],
      ['In progress', '1', 'working'],
      ['Paused', '1, waits for somebody else', 'paused'],
    ]);
  });

  it('goes by what is due, once there are promises', () => {
    const due = (id: string, at: string, more = {}) =>
      sampleBrief({ id, acknowledged_at: '2026-11-21T09:00:00Z', sla_resolve_due: at, ...more });
    expect(
      titles([
        due('later', '2026-11-21T13:00:00Z'),
        due('late', '2026-11-21T09:00:00Z'),
        due('soon', '2026-11-21T11:00:00Z'),
        due('held', '2026-11-21T13:00:00Z', { status: 'pending' }),
        due('major', '2026-11-21T13:00:00Z', { major: true }),
      ]),
    ).toEqual([
      ['Major', '1', 'major'],
      ['Late', '1, past its promise', 'late'],
      ['Due within an hour', '1', 'soon'],
      ['Later', '1', 'later'],
      ['Paused', '1, waits for somebody else', 'held'],
    ]);
  });

  it('minds the response before the resolution', () => {
    const incident = sampleBrief({
      sla_response_due: '2026-11-21T10:30:00Z',
      sla_resolve_due: '2026-11-21T18:00:00Z',
    });
    expect(titles([incident])[0]?.[0]).toBe('Due within an hour');
  });

  it('sorts by priority and then by age, and what is over by when it ended', () => {
    expect(
      titles([
        sampleBrief({ id: 'young', opened_at: '2026-11-21T10:00:00Z' }),
        sampleBrief({ id: 'old', opened_at: '2026-11-21T06:00:00Z' }),
        sampleBrief({ id: 'higher', priority: 'P2' }),
        sampleBrief({ id: 'first', status: 'resolved', resolved_at: '2026-11-20T06:00:00Z' }),
        sampleBrief({ id: 'last', status: 'resolved', resolved_at: '2026-11-21T06:00:00Z' }),
      ]),
    ).toEqual([
      ['New', '3', 'higher', 'old', 'young'],
      ['Resolved', '2', 'last', 'first'],
    ]);
  });
});
