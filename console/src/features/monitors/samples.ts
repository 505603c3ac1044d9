import type { Monitor } from '@/lib/api';
import { member, sampledAt } from '@/lib/testing/samples';

/** Somebody who may edit monitors. */
export const admin = { ...member, permissions: [...member.permissions, 'monitors.write'] };

/** A healthy check of a website; say what is different, with the kind’s own fields. */
export function monitor(more: Record<string, unknown> = {}): Monitor {
  return {
    id: 'm1',
    service_id: 'shop',
    declared: false,
    kind: 'http',
    name: null,
    status: 'operational',
    detail: 'Answered 200 in 213 ms.',
    maintenance: false,
    poller_health: 'ok',
    failures: 0,
    last_polled_at: sampledAt,
    last_good_status: 'operational',
    last_good_at: sampledAt,
    last_error: null,
    moved_to: null,
    missing_components: [],
    unnamed_components: [],
    response_ms: 213,
    ping_url: null,
    version: 3,
    created_at: sampledAt,
    updated_at: sampledAt,
    url: 'https://shop.example/health',
    ...more,
  } as Monitor;
}
