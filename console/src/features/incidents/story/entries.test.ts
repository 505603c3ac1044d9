import { describe, expect, it } from 'vitest';
import { sampleEntry } from '../samples';
import { deliveredWords, tell } from './entries';

const names = {
  service: (id: string) => ({ ledger: 'Ledger database' })[id] ?? id,
  assignee: (key: string) => ({ 'team:data': 'Data team' })[key] ?? 'somebody',
};

const line = (different: Parameters<typeof sampleEntry>[0]) => {
  const { title, rest } = tell(sampleEntry(different), names);
  return title + rest;
};

describe('the story of an incident', () => {
  it('tells verbs in one line', () => {
    expect(line({})).toBe('Acknowledged by Payments lead.');
    expect(line({ kind: 'incident.held', payload: { reason: 'vendor' } })).toBe(
      'On hold, waits for vendor, by Payments lead.',
    );
    expect(line({ kind: 'incident.assigned', payload: { assignee: 'team:data' } })).toBe(
      'Assigned to Data team by Payments lead.',
    );
    expect(line({ kind: 'incident.assigned', payload: { assignee: null } })).toBe(
      'Taken away from its owner by Payments lead.',
    );
  });

  it('says what was changed, with short values', () => {
    const payload = {
      fields: ['severity', 'affected_services'],
      before: { severity: 'high', affected_services: [] },
      after: { severity: 'critical', affected_services: ['ledger'] },
    };
    expect(line({ kind: 'incident.edited', payload })).toBe(
      'Changed severity from high to critical and affected services by Payments lead.',
    );
  });

  it('knows what leaves the building from what stays', () => {
    const update = { kind: 'incident.update_published', payload: { phase: 'identified' } };
    expect(line(update)).toBe('Public update, Identified, by Payments lead');
    expect(tell(sampleEntry(update), names)).toMatchObject({ kind: 'public', shelf: 'public' });
    expect(tell(sampleEntry({ kind: 'incident.update_noted' }), names)).toMatchObject({
      kind: 'internal',
      shelf: 'notes',
    });
  });

  it('leads from an alert to its why', () => {
    const told = tell(
      sampleEntry({
        kind: 'alert.raised',
        subject: 'alert:a1',
        payload: { service_id: 'ledger', status: 'major_outage' },
      }),
      names,
    );
    expect(told.title + told.rest).toBe('Alert raised Ledger database: major outage.');
    expect(told).toMatchObject({ alert: 'a1', shelf: 'alerts' });
    const opened = { payload: { rule: 'tier-1-major', alert: 'a2' }, kind: 'incident.opened' };
    expect(line(opened)).toBe('Opened by rule tier-1-major.');
    expect(tell(sampleEntry(opened), names).alert).toBe('a2');
  });

  it('lets a fact that is new to it go by its own name', () => {
    expect(line({ kind: 'incident.merged_into' })).toBe('merged into by Payments lead.');
  });
});

describe('what was delivered', () => {
  it('is counted, with what went wrong', () => {
    expect(deliveredWords({ deliveries: { sent: 1326 } })).toBe('1,326 of 1,326 delivered');
    expect(deliveredWords({ deliveries: { sent: 1, pending: 2, failed: 1, blocked: 3 } })).toBe(
      '1 of 7 delivered, 1 failed, 3 blocked',
    );
  });

  it('is nothing where nothing was sent', () => {
    expect(deliveredWords({ deliveries: {} })).toBeNull();
    expect(deliveredWords({ deliveries: null })).toBeNull();
  });
});
