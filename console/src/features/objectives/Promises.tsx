import { Card, Panel } from '@/components/Card';
import { StatusChip } from '@/components/StatusChip';
import type { Sla } from '@/lib/api';
import styles from './objectives.module.css';
import { keptState, lengthWords, uptimeWords } from './words';

const spans = [
  { key: '24h', name: '24 hours' },
  { key: '7d', name: '7 days' },
  { key: '30d', name: '30 days' },
] as const;

/** Uptime over three spans against what was promised. */
export function Promises({ sla }: { sla: Sla }) {
  return (
    <Card>
      <Panel title="SLA" note={`promised ${sla.target_percent} %`}>
        <table className={styles.rates}>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Span</th>
              <th scope="col">Lost</th>
              <th scope="col">Uptime</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {spans.map(({ key, name }) => {
              const percent = sla.uptime_percent[key];
              const kept = keptState(percent, sla.target_percent);
              return (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  <td>{percent === null ? '–' : lengthWords(sla.lost_seconds[key] ?? 0)}</td>
                  <td>
                    <strong>{uptimeWords(percent)}</strong>
                  </td>
                  <td>
                    <StatusChip state={kept.state} word={kept.word} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Panel>
    </Card>
  );
}
