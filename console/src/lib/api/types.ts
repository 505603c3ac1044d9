import type { components, paths as everyPath } from './schema';

type Schemas = components['schemas'];

/** The API's addresses below the base that the client adds. */
export type paths = {
  [Path in keyof everyPath as Path extends `/api/v1${infer Rest}` ? Rest : never]: everyPath[Path];
};

export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
export type Person = Schemas['PersonOut'];
export type PersonInput = Schemas['PersonEdit'];
export type InviteInput = Schemas['InviteIn'];
export type Invitation = Schemas['InvitationOut'];
export type AcceptInput = Schemas['AcceptIn'];
export type Team = Schemas['TeamOut'];
export type Token = Schemas['TokenOut'];
export type TokenMade = Schemas['TokenMade'];
export type TokenInput = Schemas['TokenIn'];

export type Status = Schemas['Status'];
export type Visibility = Schemas['Visibility'];
export type Category = Schemas['Category'];
export type Segment = Schemas['StretchOut'];
export type Day = Schemas['DayOut'];
export type Service = Schemas['ServiceOut'];
export type ServiceDetail = Schemas['ServiceDetailOut'];
export type NewService = Schemas['ServiceIn'];
export type ServiceChange = Schemas['ServicePatch'];
export type ServiceSource = Schemas['SourceOut'];
export type SourceTrial = Schemas['TrialOut'];
export type Discovery = Schemas['DiscoveryOut'];
export type SourceSuggestion = Schemas['SuggestionOut'];
export type VendorComponent = Schemas['VendorComponentOut'];
export type CatalogueEntry = Schemas['CatalogueEntryOut'];
export type Monitor = Schemas['MonitorOut'];
export type MonitorInput = Schemas['MonitorIn'];
export type Heartbeat = Schemas['HeartbeatOut'];
export type CronPreview = Schemas['CronOut'];
export type LatencyPoint = Schemas['LatencyPointOut'];
export type LatencyStep = Schemas['LatencyOut']['step'];
export type StatusEvent = Schemas['EventOut'];
export type Neighbour = Schemas['NamedOut'];
export type Summary = Schemas['SummaryOut'];

export type Slo = Schemas['SloOut'];
export type SloDetail = Schemas['SloDetailOut'];
export type Sla = Schemas['SlaOut'];
export type UptimeHistory = Schemas['HistoryOut'];
export type BurnWindows = Schemas['BurnOut'];
export type BudgetPoint = Schemas['PointOut'];
export type Loss = Schemas['LossOut'];
export type UptimeDay = Schemas['DayUptimeOut'];

export type Verdict = Schemas['Verdict'];
export type Why = Schemas['WhyOut'];
export type Telling = Schemas['TellingOut'];
export type Reached = Schemas['ReachedOut'];
export type AlertDecision = Schemas['DecisionOut'];
export type AlertState = Schemas['AlertState'];
export type Alert = Schemas['AlertOut'];
export type AlertDetail = Schemas['AlertDetailOut'];

export type IncidentStatus = Schemas['State'];
export type Severity = Schemas['Severity'];
export type Level = Schemas['Impact'];
export type Priority = Schemas['Priority'];
/** Where the public story stands; `none` is an incident that nobody outside knows of. */
export type Face = Schemas['Phase'];
export type Phase = Exclude<Face, 'none'>;
export type PendingReason = Schemas['PendingReason'];
export type IncidentVerb = Schemas['Verb'];
export type Assignee = Schemas['AssigneeOut'];
export type IncidentBrief = Schemas['IncidentOut'];
export type IncidentDetail = Schemas['IncidentDetailOut'];
export type IncidentInput = Schemas['IncidentIn'];
export type IncidentChange = Schemas['IncidentPatch'];
export type IncidentEntry = Schemas['TimelineEntryOut'];
export type IncidentUpdate = Schemas['UpdateOut'];
export type PublicIncident = Schemas['PublicIncidentOut'];
export type Audience = Schemas['AudienceOut'];
export type UpdateInput = Schemas['UpdateIn'];
/** What the incident's verbs may be given, each its own. */
export type VerbInput = Partial<
  Schemas['AssignIn'] & Schemas['HoldIn'] & Schemas['ResolveIn'] & Schemas['CancelIn']
>;

export type Maintenance = Schemas['WindowOut'];
export type MaintenanceState = Schemas['WindowState'];
export type MaintenanceInput = Schemas['WindowIn'];
export type MaintenanceChange = Schemas['WindowPatch'];

export type Delivery = Schemas['DeliveryOut'];
export type DeliveryDetail = Schemas['DeliveryDetailOut'];
export type DeliveryState = Schemas['DeliveryState'];
export type Channel = Schemas['ChannelOut'];
export type NewChannel = Schemas['NewChannelOut'];
export type ChannelKind = Schemas['ChannelKind'];
export type ChannelInput = Schemas['NewChannelIn'];
export type ChannelChange = Schemas['ChannelChangeIn'];
export type Receives = Schemas['Receives'];

export type StatusPage = Schemas['PageOut'];
export type PageComponent = Schemas['PageComponentOut'];
export type Subscriber = Schemas['SubscriberOut'];

export type Trigger = Schemas['TriggerOut'];
export type TriggerInput = Schemas['TriggerIn'];
export type ConditionReading = Schemas['TriggerCheckOut'];
export type TriggerPreview = Schemas['TriggerPreviewOut'];
export type TriggerChart = Schemas['TriggerChartOut'];

export type OpeningRule = Schemas['OpeningRuleOut'];
export type SeverityRule = OpeningRule['rules'][number];
export type OpeningTiers = OpeningRule['tiers'];
