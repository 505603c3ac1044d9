export { AlertList } from './AlertList';
export { AlertsPanel } from './AlertsPanel';
export { EpisodePanel, IncidentPanel, ToldPanel } from './Aside';
export { alertQuery, incidentOfAlertQuery, useAcknowledge } from './queries';
export { Why } from './Why';
