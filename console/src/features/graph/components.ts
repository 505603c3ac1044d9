import { queryOptions } from '@tanstack/react-query';
import { answer, api, roots, type Service, type StatusPage } from '@/lib/api';

/** All status pages with what stands on them. */
export const pagesQuery = queryOptions({
  queryKey: [roots.statusPages, 'graph'],
  queryFn: ({ signal }) => answer(api.GET('/status-pages', { signal })),
});

const mark = 'public:';

/** A component of a status page as the last service in line: it needs the one it is the face of. */
export function componentsOf(
  services: readonly Service[],
  pages: readonly StatusPage[],
): Service[] {
  const known = new Map(services.map((service) => [service.id, service]));
  const faces = new Map<string, Service>();
  for (const { components } of pages) {
    for (const { service_id, name } of components) {
      const service = known.get(service_id);
      if (!service || faces.has(service_id)) continue;
      faces.set(service_id, {
        ...service,
        id: mark + service_id,
        name: name ?? service.name,
        // Customers see what is confirmed, never the raw signal.
        status: service.confirmed_status,
        flapping: false,
        impact_statement: null,
        detail: null,
        dependencies: [service_id],
      });
    }
  }
  return [...faces.values()];
}

export const isComponent = (id: string) => id.startsWith(mark);

/** The service behind a box, for addresses. */
export const serviceOf = (id: string) => (isComponent(id) ? id.slice(mark.length) : id);
