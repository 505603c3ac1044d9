import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useKeys } from '@/lib/keys';
import { sloQuery } from './queries';
import { Uptime } from './Uptime';

/** The trend of one service against its promise; T shows the table. Nothing while it is not known. */
export function UptimePanel({ serviceId }: { serviceId: string }) {
  const { data: slo } = useQuery(sloQuery(serviceId));
  const [asTable, setAsTable] = useState(false);
  useKeys([
    {
      keys: 't',
      label: asTable ? 'Show the chart' : 'Show the chart as a table',
      run: () => setAsTable((before) => !before),
    },
  ]);
  return slo ? <Uptime slo={slo} asTable={asTable} /> : null;
}
