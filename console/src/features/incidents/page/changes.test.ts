import { describe, expect, it } from 'vitest';
import { sampleDetail } from '../samples';
import { editedFields, whatIsEdited } from '../verbs/editing';
import { differences } from './changes';

describe('what somebody else changed meanwhile', () => {
  it('is told field by field', () => {
    const before = sampleDetail();
    const after = sampleDetail({
      title: 'Cards fail in Europe',
      assigned_to: { kind: 'team', id: 'data', label: 'Data team' },
      phase: 'identified',
      version: 2,
    });
    expect(differences(before, after)).toEqual([
      { field: 'Title', before: 'Card payments fail', after: 'Cards fail in Europe' },
      { field: 'Owner', before: 'nobody', after: 'Data team' },
      { field: 'Public phase', before: 'nothing', after: 'Identified' },
    ]);
    expect(differences(before, { ...before, version: 9 })).toEqual([]);
  });
});

describe('an edit', () => {
  const incident = sampleDetail({ tags: ['eu', 'cards'], description: 'Since the switch.' });

  it('sends only what was touched', () => {
    const fields = editedFields(incident);
    expect(whatIsEdited(incident, fields)).toEqual({});
    expect(
      whatIsEdited(incident, { ...fields, title: ' Cards fail ', tags: 'eu, cards, ,new' }),
    ).toEqual({ title: 'Cards fail', tags: ['eu', 'cards', 'new'] });
  });

  it('can take a description away', () => {
    expect(whatIsEdited(incident, { ...editedFields(incident), description: ' ' })).toEqual({
      description: null,
    });
  });
});
