import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '@/components/Card';
import { Loaded } from '@/components/Loaded';
import { NothingWatched } from '@/components/NothingWatched';
import { type Service, servicesQuery, summaryQuery } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { Availability } from './Availability';
import styles from './Executive.module.css';
import { Figures } from './Figures';
import { Promises } from './Promises';
import { Shelves } from './Shelves';
import { executiveSentence, executiveWords } from './sentence';

/** Does it hurt customers? A sentence, four figures, availability against promise, the shelves. */
export function Executive() {
  const query = useQuery(servicesQuery);
  return (
    <>
      {query.data === undefined && <h1 className="visually-hidden">Executive view</h1>}
      <Loaded query={query} what="Board">
        {({ items }) => (items.length > 0 ? <Screen services={items} /> : <NothingWatched />)}
      </Loaded>
    </>
  );
}

function Screen({ services }: { services: readonly Service[] }) {
  const [asTable, setAsTable] = useState(false);
  const incidents = useQuery(summaryQuery).data?.incidents ?? [];
  useKeys([
    {
      keys: 't',
      label: asTable ? 'Show the chart' : 'Show the chart as a table',
      run: () => setAsTable((before) => !before),
    },
  ]);
  const words = executiveWords(services, incidents);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{executiveSentence(services, incidents)}</h1>
        {words && <p>{words}</p>}
      </header>
      <Figures services={services} />
      <div className={styles.pair}>
        <Card>
          <Availability services={services} asTable={asTable} />
        </Card>
        <Card>
          <Shelves services={services} />
        </Card>
      </div>
      <Card>
        <Promises />
      </Card>
    </div>
  );
}
