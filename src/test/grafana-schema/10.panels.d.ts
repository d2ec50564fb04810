// What Grafana 10 says a panel may be told, by its type.
import type * as common from '@grafana/schema';
import type * as barchart from './node_modules/grafana-schema-10/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type * as stat from './node_modules/grafana-schema-10/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as statetimeline from './node_modules/grafana-schema-10/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as table from './node_modules/grafana-schema-10/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from './node_modules/grafana-schema-10/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

export type { AnnotationQuery, Dashboard, FieldConfig, Panel } from './node_modules/grafana-schema-10/dist/esm/raw/dashboard/x/dashboard_types.gen';

export interface Options {
  barchart: barchart.Options;
  stat: stat.Options;
  'state-timeline': statetimeline.Options;
  table: table.Options;
  timeseries: timeseries.Options;
}

export interface Custom {
  barchart: barchart.FieldConfig;
  stat: {};
  'state-timeline': statetimeline.FieldConfig;
  table: common.TableFieldOptions;
  timeseries: timeseries.FieldConfig;
}
