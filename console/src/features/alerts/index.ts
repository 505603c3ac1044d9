export { AlertList } from './AlertList';
export { AlertStatus } from './AlertStatus';
export { AlertsPanel } from './AlertsPanel';
export { EpisodePanel, IncidentPanel, TellingPanel, ToldPanel } from './Aside';
export { alertQuery, incidentOfAlertQuery, useAcknowledge } from './queries';
export { Why } from './Why';
