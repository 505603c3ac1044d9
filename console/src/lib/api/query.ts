import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiProblem && error.passing;
}

/** The cache of answers: old data stays while new data loads, hints decide when to read again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: worthRetrying,
        retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
        refetchOnWindowFocus: true,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Roots of query keys; live hints invalidate by root, so every key begins with one of these. */
export const roots = {
  session: 'session',
  services: 'services',
  timeline: 'timeline',
  summary: 'summary',
  alerts: 'alerts',
  incidents: 'incidents',
  maintenance: 'maintenance',
  deliveries: 'deliveries',
  channels: 'channels',
  webhooks: 'webhooks',
  people: 'people',
  teams: 'teams',
  tokens: 'tokens',
  statusPages: 'status-pages',
  triggers: 'triggers',
  journal: 'journal',
  settings: 'settings',
} as const;

export type Root = (typeof roots)[keyof typeof roots];
