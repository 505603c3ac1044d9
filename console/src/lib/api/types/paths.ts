import type {
  ServiceDetail,
  ServiceInput,
  ServiceList,
  SourceTrial,
  Status,
  TimelineItem,
} from './health';
import type {
  Audience,
  IncidentBrief,
  IncidentDetail,
  IncidentEntry,
  IncidentInput,
  IncidentVerb,
  Summary,
  UpdateInput,
  VerbInput,
} from './incidents';
import type { Alert, AlertDetail, Channel, Delivery, DeliveryDetail } from './messages';
import type { Me, PageComponent, Person, StatusPage, Team, Token } from './people';

/** A list as the server pages it. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

type Answer<T> = { 200: { content: { 'application/json': T } } };
type Nothing = { 204: { content?: never } };
type Parameters<Path, Query> = { query?: Query; path?: Path };
type Needed<Path, Query> = Path extends undefined
  ? Parameters<undefined, Query>
  : { query?: Query; path: Path };

type Read<T, Path = undefined, Query = undefined> = {
  parameters: Needed<Path, Query>;
  responses: Answer<T>;
};
type Write<B, T, Path = undefined> = {
  parameters: Needed<Path, undefined> & {
    header?: { 'If-Match'?: string; 'Idempotency-Key'?: string };
  };
  requestBody: { content: { 'application/json': B } };
  responses: Answer<T>;
};
type Act<T, Path = undefined> = { parameters: Needed<Path, undefined>; responses: Answer<T> };
type Remove<Path> = { parameters: { path: Path }; responses: Nothing };

type Id = { id: string };
type Ref = { ref: string };
type Listing = { limit?: number; cursor?: string };

interface IncidentFilters extends Listing {
  status?: string;
  open?: boolean;
  severity?: string;
  priority?: string;
  service?: string;
  assigned_to?: string;
  q?: string;
  major?: boolean;
}

interface DeliveryFilters extends Listing {
  state?: string;
  thread?: string;
  recipient?: string;
  fact?: string;
  channel?: string;
}

/** The addresses of the API as written in the wire plan; the generated schema takes its place. */
export interface paths {
  '/auth/me': { get: Read<Me> };
  '/auth/login': { post: Write<{ email: string; password: string }, Me> };
  '/auth/logout': { post: { parameters: Parameters<undefined, undefined>; responses: Nothing } };
  '/setup': { post: Write<{ token: string; email: string; name: string; password: string }, Me> };

  '/services': { get: Read<ServiceList>; post: Write<ServiceInput, ServiceDetail> };
  '/services/{id}': {
    get: Read<ServiceDetail, Id>;
    patch: Write<ServiceInput, ServiceDetail, Id>;
    delete: Remove<Id>;
  };
  '/services/{id}/status': {
    post: Write<{ new_status: Status; detail?: string; reason: string }, ServiceDetail, Id>;
  };
  '/services/{id}/release': { post: Act<ServiceDetail, Id> };
  '/monitors': { post: Write<Record<string, unknown>, unknown> };
  '/monitors/test': { post: Write<{ kind: string; url: string }, SourceTrial> };
  '/timeline': { get: Read<Page<TimelineItem>, undefined, Listing> };
  '/summary': { get: Read<Summary> };

  '/alerts': { get: Read<Page<Alert>, undefined, Listing & { state?: string; service?: string }> };
  '/alerts/{id}': { get: Read<AlertDetail, Id> };
  '/alerts/{id}/acknowledge': { post: Act<Alert, Id> };

  '/incidents': {
    get: Read<Page<IncidentBrief> & { counts: Record<string, number> }, undefined, IncidentFilters>;
    post: Write<IncidentInput, IncidentDetail>;
  };
  '/incidents/{ref}': {
    get: Read<IncidentDetail, Ref>;
    patch: Write<IncidentInput, IncidentDetail, Ref>;
  };
  '/incidents/{ref}/{verb}': {
    post: Write<VerbInput, IncidentDetail, Ref & { verb: IncidentVerb }>;
  };
  '/incidents/{ref}/updates': { post: Write<UpdateInput, IncidentDetail, Ref> };
  '/incidents/{ref}/comments': {
    post: Write<{ body: string; internal_only?: boolean }, unknown, Ref>;
  };
  '/incidents/{ref}/timeline': { get: Read<Page<IncidentEntry>, Ref, Listing> };
  '/incidents/{ref}/audience': { get: Read<Audience, Ref, { phase?: string; impacts?: string }> };

  '/deliveries': { get: Read<Page<Delivery>, undefined, DeliveryFilters> };
  '/deliveries/{id}': { get: Read<DeliveryDetail, Id> };
  '/deliveries/{id}/send-again': { post: Act<Delivery, Id> };
  '/channels': { get: Read<Page<Channel>>; post: Write<Partial<Channel>, Channel> };
  '/channels/{id}': { patch: Write<Partial<Channel>, Channel, Id>; delete: Remove<Id> };
  '/channels/{id}/test': { post: Act<Delivery, Id> };

  '/users': {
    get: Read<Page<Person>>;
    post: Write<{ email: string; name: string; role: string }, Person>;
  };
  '/teams': { get: Read<Page<Team>>; post: Write<{ slug: string; name: string }, Team> };
  '/tokens': {
    get: Read<Page<Token>>;
    post: Write<{ name: string; role: string; expires_at?: string }, Token>;
  };
  '/tokens/{id}': { delete: Remove<Id> };
  '/status-pages': { get: Read<Page<StatusPage>> };
  '/status-pages/{id}': {
    get: Read<StatusPage, Id>;
    patch: Write<Partial<StatusPage>, StatusPage, Id>;
  };
  '/status-pages/{id}/components': { post: Write<Partial<PageComponent>, PageComponent, Id> };
}
