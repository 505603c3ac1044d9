import { useQuery } from '@tanstack/react-query';
import { Table2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { type SloDetail, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { Budget } from './Budget';
import { BurnRates } from './BurnRates';
import { DayByDay } from './DayByDay';
import styles from './objectives.module.css';
import { Promises } from './Promises';
import { incidentsOfQuery } from './queries';
import { Uptime } from './Uptime';
import { WhereItWent } from './WhereItWent';
import { budgetSentence } from './words';

/** May we still take risks with this service? */
export function ObjectiveScreen({ slo }: { slo: SloDetail }) {
  const [asTable, setAsTable] = useState(false);
  const flip = () => setAsTable(!asTable);
  useKeys([{ keys: 't', label: asTable ? 'Show charts' : 'Show tables', group: 'Do', run: flip }]);
  const member = useMay('incidents.read');
  const incidents = useQuery({ ...incidentsOfQuery(slo.id), enabled: member }).data ?? [];
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{budgetSentence(slo)}</h1>
        <Button tone="quiet" keys="t" icon={Table2} aria-pressed={asTable} onClick={flip}>
          Tables
        </Button>
      </header>
      <div className={styles.grid}>
        <div className={styles.column}>
          <Budget slo={slo} />
          <DayByDay slo={slo} incidents={incidents} asTable={asTable} />
          <Uptime slo={slo} asTable={asTable} />
        </div>
        <div className={styles.column}>
          <BurnRates slo={slo} />
          <WhereItWent slo={slo} incidents={incidents} />
          <Promises sla={slo.sla} />
        </div>
      </div>
    </div>
  );
}
