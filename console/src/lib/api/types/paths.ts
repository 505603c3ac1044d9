import type {
  ServiceDetail,
  ServiceInput,
  ServiceList,
  SourceTrial,
  Status,
  StatusEvent,
} from './health';
import type {
  Audience,
  IncidentBrief,
  IncidentDetail,
  IncidentEntry,
  IncidentInput,
  IncidentStatus,
  IncidentUpdate,
  IncidentVerb,
  Phase,
  Priority,
  Severity,
  Summary,
  UpdateInput,
  VerbInput,
} from './incidents';
import type {
  Alert,
  AlertDetail,
  AlertState,
  Channel,
  ChannelInput,
  ChannelKind,
  Delivery,
  DeliveryDetail,
  DeliveryState,
  NewChannel,
} from './messages';
import type {
  Me,
  PageComponent,
  Person,
  Role,
  StatusPage,
  Subscriber,
  Team,
  Token,
} from './people';

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
type Slug = { slug: string };
type Listing = { limit?: number; cursor?: string };

interface IncidentFilters extends Listing {
  status?: IncidentStatus[];
  open?: boolean;
  severity?: Severity[];
  priority?: Priority[];
  service?: string;
  assigned_to?: string;
  q?: string;
  major?: boolean;
}

interface DeliveryFilters extends Listing {
  state?: DeliveryState;
  thread?: string;
  recipient?: string;
  fact?: string;
  channel?: string;
}

interface PageInput {
  name?: string;
  time_zone?: string;
  language?: string;
  help_url?: string | null;
}

interface ComponentInput {
  name?: string | null;
  group?: string | null;
  follows?: PageComponent['follows'];
}

/** The addresses of the API as written in the wire plan; the generated schema takes its place. */
export interface paths {
  '/auth/me': { get: Read<Me> };
  '/auth/login': { post: Write<{ email: string; password: string }, Me> };
  '/auth/logout': { post: { parameters: Parameters<undefined, undefined>; responses: Nothing } };
  '/setup': { post: Write<{ token: string; email: string; name: string; password: string }, Me> };

  '/services': { get: Read<ServiceList>; post: Write<ServiceInput, ServiceDetail> };
  '/services/reload': {
    post: Act<{
      file: string;
      declared: string[];
      edited: string[];
      archived: string[];
      unchanged: number;
    }>;
  };
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
  '/monitors/{id}': { patch: Write<Record<string, unknown>, unknown, Id>; delete: Remove<Id> };
  '/monitors/test': { post: Write<Record<string, unknown> & { kind: string }, SourceTrial> };
  '/timeline': { get: Read<Page<StatusEvent>, undefined, Listing> };
  '/summary': { get: Read<Summary> };

  '/alerts': {
    get: Read<Page<Alert>, undefined, Listing & { state?: AlertState; service?: string }>;
  };
  '/alerts/{id}': { get: Read<AlertDetail, Id> };
  '/alerts/{id}/acknowledge': { post: Act<AlertDetail, Id> };

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
  '/incidents/{ref}/updates': { post: Write<UpdateInput, IncidentUpdate, Ref> };
  '/incidents/{ref}/comments': {
    post: Write<{ body: string; internal_only?: boolean }, unknown, Ref>;
  };
  '/incidents/{ref}/timeline': { get: Read<{ items: IncidentEntry[] }, Ref, { lang?: string }> };
  '/incidents/{ref}/audience': {
    get: Read<Audience, Ref, { phase?: Phase; service?: string[]; page?: string[] }>;
  };

  '/deliveries': { get: Read<Page<Delivery>, undefined, DeliveryFilters> };
  '/deliveries/{id}': { get: Read<DeliveryDetail, Id> };
  '/deliveries/{id}/send-again': { post: Act<DeliveryDetail, Id> };
  '/channels': {
    get: Read<{ items: Channel[] }>;
    post: Write<ChannelInput & { kind: ChannelKind }, NewChannel>;
  };
  '/channels/{id}': { patch: Write<ChannelInput, Channel, Id>; delete: Remove<Id> };
  '/channels/{id}/test': { post: Act<{ delivery_id: string | null }, Id> };
  '/webhooks': {
    get: Read<{ items: Channel[] }>;
    post: Write<{ url: string; name?: string; events?: string[]; tiers?: number[] }, NewChannel>;
  };
  '/webhooks/{id}': { delete: Remove<Id> };

  '/users': {
    get: Read<Page<Person>, undefined, Listing>;
    post: Write<{ email: string; name?: string; role: Role }, Person>;
  };
  '/users/{id}': {
    patch: Write<{ name?: string; role?: Role; disabled?: boolean }, Person, Id>;
  };
  '/users/{id}/invitation': { post: Act<Person, Id> };
  '/teams': {
    get: Read<Page<Team>, undefined, Listing>;
    post: Write<{ slug: string; name: string; members?: string[] }, Team>;
  };
  '/teams/{slug}': {
    patch: Write<{ name?: string; members?: string[] }, Team, Slug>;
    delete: Remove<Slug>;
  };
  '/tokens': {
    get: Read<Page<Token>, undefined, Listing>;
    post: Write<{ name: string; role: Role; expires_at?: string }, Token>;
  };
  '/tokens/{id}': { delete: Remove<Id> };

  '/status-pages': {
    get: Read<{ items: StatusPage[] }>;
    post: Write<PageInput & { slug: string; name: string }, StatusPage>;
  };
  '/status-pages/{slug}': {
    get: Read<StatusPage, Slug>;
    patch: Write<PageInput, StatusPage, Slug>;
  };
  '/status-pages/{slug}/components': {
    post: Write<ComponentInput & { service_id: string }, PageComponent, Slug>;
  };
  '/status-pages/{slug}/components/{id}': {
    patch: Write<ComponentInput & { position?: number }, PageComponent, Slug & Id>;
    delete: Remove<Slug & Id>;
  };
  '/status-pages/{slug}/subscribers': { get: Read<Page<Subscriber>, Slug, Listing> };
  '/status-pages/{slug}/subscribers/{id}': { delete: Remove<Slug & Id> };
}
