import { TextAreaField } from '@/components/fields';
import type { ConditionReading } from '@/lib/api';
import styles from './triggers.module.css';

interface Props {
  value: string;
  onChange: (condition: string) => void;
  /** What reading the condition gave; undefined while nobody has read it. */
  reading: ConditionReading | undefined;
  /** What the server said when it was saved. */
  error: string | undefined;
}

/** The condition, read while it is typed; what is wrong stands below with its place marked. */
export function ConditionField({ value, onChange, reading, error }: Props) {
  const wrong = reading && !reading.valid ? reading : null;
  return (
    <div className={styles.condition}>
      <TextAreaField
        label="Condition"
        note="AND, OR, NOT, ( ), > >= < <= == !="
        hint="response_time, status_code, error_rate, up, days_left, or a metric you push; avg(…, 5m), p95(…, 1h). Units: ms s m h % KB MB GB."
        value={value}
        rows={2}
        maxLength={2000}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={wrong?.message ?? error}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
      />
      {wrong?.position != null && (
        <Place text={value} at={wrong.position - 1} length={wrong.length ?? 0} />
      )}
    </div>
  );
}

/** The line in question with the place marked; spoken words name the character already. */
function Place({ text, at, length }: { text: string; at: number; length: number }) {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = end < 0 ? text.length : end;
  return (
    <code className={styles.place} aria-hidden>
      {text.slice(begin, at)}
      <mark>{text.slice(at, Math.min(line, at + length)) || ' '}</mark>
      {text.slice(at + length, line)}
    </code>
  );
}
