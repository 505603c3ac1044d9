import { useQuery } from '@tanstack/react-query';
import { Check, CircleDot, EyeOff, type LucideIcon, Minus, TrendingDown } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import type { AlertDecision, AlertDetail, Verdict } from '@/lib/api';
import { count } from '@/lib/words';
import shared from './alerts.module.css';
import { decisionsQuery } from './queries';
import { Samples } from './Samples';
import styles from './Why.module.css';
import { deciding, raisedBy, ruleLines, trailOf, verdictWords, whySentence } from './why';

/** Why did I get this? What a trigger or a budget measured, or the trail of what was confirmed. */
export function Why({ alert }: { alert: AlertDetail }) {
  return alert.kind === 'condition' ? <Confirmed alert={alert} /> : <Raised alert={alert} />;
}

const rules = {
  trigger: { to: '/settings/triggers', words: 'Its condition and its past are in the triggers' },
  burn: { to: null, words: 'How fast the budget burns, and what is left of it' },
};

/** By a rule of its own: its name, what it measured, and where the rule can be read. */
function Raised({ alert }: { alert: AlertDetail }) {
  const { name, reason } = raisedBy(alert);
  const { to, words } = rules[alert.kind === 'burn' ? 'burn' : 'trigger'];
  return (
    <div className={styles.why}>
      <div>
        <p className={styles.question}>Why did I get this alert?</p>
        <h1>{name}</h1>
        <p className={styles.reason}>{unbroken(reason)}</p>
        <Over alert={alert} />
      </div>
      <p>
        <Link to={to ?? `/services/${alert.service_id}/slo`}>{words}</Link>
      </p>
    </div>
  );
}

function Over({ alert: { resolved_at } }: { alert: AlertDetail }) {
  if (!resolved_at) return null;
  return (
    <p className={styles.over}>
      It recovered at <RelativeTime at={resolved_at} as="moment" />.
    </p>
  );
}

/** By what was confirmed: the sentence, the rule beside what was measured, every look. */
function Confirmed({ alert }: { alert: AlertDetail }) {
  const { raised_at, service_id } = alert;
  const { data: others } = useQuery(decisionsQuery(service_id));
  const decisions = useMemo(() => trailOf(alert, others ?? []), [alert, others]);
  const decision = deciding(decisions, alert.decision);
  return (
    <div className={styles.why}>
      <div>
        <p className={styles.question}>Why did I get this alert?</p>
        <h1>{unbroken(whySentence(alert, decision))}</h1>
        <Over alert={alert} />
      </div>
      {decision && (
        <Panel
          title="Rule"
          note={
            <>
              what was asked for, beside what was measured at{' '}
              <RelativeTime at={decision.at} as="clock" />
            </>
          }
        >
          <Rule decision={decision} />
        </Panel>
      )}
      {decision && decisions.length > 1 && (
        <Panel title="Samples" note="what the service said at each decision; dashed: the limit">
          <Samples decisions={decisions} decision={decision} />
        </Panel>
      )}
      <Panel title="Decision trail" note={`${count(decisions.length, 'decision')}, newest first`}>
        {decisions.length === 0 && (
          <p className={shared.quiet}>
            Nothing is kept about <RelativeTime at={raised_at} as="moment" />.
          </p>
        )}
        <ol className={styles.trail}>
          {decisions.map((each) => (
            <Decided key={each.id} decision={each} deciding={each.id === decision?.id} />
          ))}
        </ol>
      </Panel>
    </div>
  );
}

function Rule({ decision }: { decision: AlertDecision }) {
  return (
    <div className={styles.rule}>
      {ruleLines(decision).map(({ rule, measured, met }, index) => (
        <div key={rule} data-met={met || undefined}>
          <code>
            {index > 0 && <span>AND </span>}
            {rule}
          </code>
          <code className={styles.measured}>
            {index === 0 && <StatusMark state={decision.observed} size={13} />}
            {measured}
          </code>
        </div>
      ))}
    </div>
  );
}

const icons: Partial<Record<Verdict, LucideIcon>> = {
  confirmed: Check,
  recovered: Check,
  improved: TrendingDown,
  not_yet: CircleDot,
  sight_lost: EyeOff,
};

function Decided({ decision, deciding }: { decision: AlertDecision; deciding: boolean }) {
  const { at, verdict, sentence, observed, polls_seen, polls_needed } = decision;
  const Icon = icons[verdict] ?? Minus;
  return (
    <li data-deciding={deciding || undefined}>
      <Icon className={styles.answerIcon} size={14} strokeWidth={1.8} aria-hidden />
      <span className={styles.at}>
        <RelativeTime at={at} as="clock" />
      </span>
      <strong>{verdictWords[verdict]}</strong>
      <span className={styles.sentence}>{sentence}</span>
      <span className={styles.seen}>
        <StatusMark state={observed} size={13} />
        {polls_needed ? (
          <span className="tabular">
            {polls_seen ?? 0} / {polls_needed}
            <span className="visually-hidden"> polls</span>
          </span>
        ) : null}
      </span>
    </li>
  );
}

/** Keeps a number and its unit on one line. */
function unbroken(sentence: string): string {
  return sentence.replaceAll(/(\d) (s|min|h|d)\b/g, '$1\u00a0$2');
}
