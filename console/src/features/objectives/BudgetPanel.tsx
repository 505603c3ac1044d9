import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Panel } from '@/components/Card';
import { FuelGauge } from '@/components/charts/FuelGauge';
import { Loaded } from '@/components/Loaded';
import { StatusChip } from '@/components/StatusChip';
import styles from './objectives.module.css';
import { sloQuery } from './queries';
import { paceOf, paces, percentWords, slowBelow } from './words';

/** A service's budget in a few words, with the way to the whole screen. */
export function BudgetPanel({ serviceId }: { serviceId: string }) {
  const query = useQuery(sloQuery(serviceId));
  return (
    <Panel title="Error budget" right={<Link to={`/services/${serviceId}/slo`}>SLO and SLA</Link>}>
      <Loaded query={query} what="Error budget">
        {(slo) => {
          const pace = paces[paceOf(slo)];
          const left = paceOf(slo) === 'early' ? null : slo.left_percent;
          return (
            <div className={styles.brief}>
              <p>
                <strong>{left === null ? 'Not known yet' : `${percentWords(left)} left`}</strong>
                <StatusChip state={pace.state} word={pace.word} />
              </p>
              <FuelGauge
                small
                label={`Error budget of ${slo.name}`}
                percent={left}
                slowBelow={slowBelow}
              />
              <small>
                {slo.insufficient_data
                  ? `Too early to judge: ${percentWords(slo.known_percent)} of the ${slo.window_days} days is known.`
                  : `of what ${slo.target_percent} % allows in ${slo.window_days} days`}
              </small>
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}
