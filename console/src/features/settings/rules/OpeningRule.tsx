import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/Button';
import { Select } from '@/components/fields';
import { StatusChip } from '@/components/StatusChip';
import {
  type OpeningTiers,
  type OpeningRule as Rule,
  type Severity,
  type SeverityRule,
  sentenceOf,
  useMay,
} from '@/lib/api';
import { toast } from '@/lib/toasts';
import { stateWords } from '@/lib/words';
import { Frame, Problem } from '../Frame';
import { LookOnly } from '../Sections';
import { OrderedRules } from './OrderedRules';
import { openingRuleQuery, useSaveOpeningRule } from './queries';
import styles from './rules.module.css';
import { ruleSentence, severities, severityWords, tiers, troubles } from './words';

const choices = [
  { value: '', label: 'Opens none' },
  ...severities.map((severity) => ({ value: severity, label: severityWords[severity] })),
];

/** When does an incident open by itself, and how severe is it? */
export function OpeningRule() {
  const query = useQuery(openingRuleQuery);
  return (
    <Frame query={query} what="the opening rule">
      {(rule) => <Form key={rule.version} rule={rule} />}
    </Frame>
  );
}

function Form({ rule }: { rule: Rule }) {
  const [table, setTable] = useState<OpeningTiers>(rule.tiers);
  const saving = useSaveOpeningRule();
  const may = useMay('settings.write');
  const [rules, setRules] = useState<readonly SeverityRule[]>(rule.rules);
  const changed = JSON.stringify([table, rules]) !== JSON.stringify([rule.tiers, rule.rules]);

  function put(tier: keyof OpeningTiers, trouble: (typeof troubles)[number], value: string) {
    const severity = (value || null) as Severity | null;
    setTable({ ...table, [tier]: { ...table[tier], [trouble]: severity } });
  }

  function takeBack() {
    setTable(rule.tiers);
    setRules(rule.rules);
  }

  function save(event: FormEvent) {
    event.preventDefault();
    saving.mutate(
      { tiers: table, rules, version: rule.version },
      { onSuccess: () => toast('Opening rule changed') },
    );
  }

  return (
    <>
      {!may && <LookOnly />}
      <form className={styles.form} onSubmit={save}>
        <h2>{ruleSentence(table, rules)}</h2>
        <p>
          Trouble counts once it is confirmed. Changing the rule holds for what is confirmed from
          then on; an incident that nobody touched also resolves by itself on recovery.
        </p>
        <OrderedRules rules={rules} onChange={setRules} may={may} />
        <table className={styles.table}>
          <thead>
            <tr>
              <td />
              {tiers.map(({ key, name, means }) => (
                <th key={key} scope="col">
                  {name} <span>{means}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {troubles.map((trouble) => (
              <tr key={trouble}>
                <th scope="row">
                  <StatusChip state={trouble} />
                </th>
                {tiers.map(({ key, name }) => (
                  <td key={key} data-tier={name}>
                    <Select
                      choices={choices}
                      aria-label={`${stateWords[trouble]} of ${name.toLowerCase()}`}
                      value={table[key][trouble] ?? ''}
                      disabled={!may}
                      onChange={(event) => put(key, trouble, event.currentTarget.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {saving.error && <Problem>{sentenceOf(saving.error)}</Problem>}
        {may && (
          <div className={styles.actions}>
            <Button tone="primary" type="submit" disabled={!changed} busy={saving.isPending}>
              Save
            </Button>
            {changed && <Button onClick={takeBack}>Take back</Button>}
          </div>
        )}
      </form>
    </>
  );
}
