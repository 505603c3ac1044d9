import type { Category, NewService, Service, Visibility } from '@/lib/api';
import { type SourceFields, sourceFields, sourceOf } from './source';

/** A service as it stands in the form; `id` null follows the name. */
export interface ServiceFields {
  name: string;
  id: string | null;
  category: Category;
  tier: 1 | 2 | 3;
  visibility: Visibility;
  owner_team: string;
  description: string;
  dependencies: string[];
  source: SourceFields;
}

/** The form of a service, or of a new one. */
export function fieldsOf(service: Service | null): ServiceFields {
  return {
    name: service?.name ?? '',
    id: service?.id ?? null,
    category: service?.category ?? 'engineering',
    tier: service?.tier ?? 2,
    visibility: service?.visibility ?? 'public',
    owner_team: service?.owner_team ?? '',
    description: service?.description ?? '',
    dependencies: service?.dependencies ?? [],
    source: sourceFields(service?.source ? { ...service.source } : null),
  };
}

/** What is sent; the id of a new one is added by the form. */
export function inputOf(fields: ServiceFields): Omit<NewService, 'id'> {
  return {
    name: fields.name.trim(),
    category: fields.category,
    tier: fields.tier,
    visibility: fields.visibility,
    owner_team: fields.owner_team || null,
    description: fields.description.trim() || null,
    dependencies: fields.dependencies,
    source: sourceOf(fields.source),
  };
}
