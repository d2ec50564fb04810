// What Grafana 12 says a panel may be told, by its type.
import type * as common from '@grafana/schema';
import type * as barchart from './node_modules/grafana-schema-12/dist/types/raw/composable/barchart/panelcfg/x/types.gen';
import type * as stat from './node_modules/grafana-schema-12/dist/types/raw/composable/stat/panelcfg/x/types.gen';
import type * as statetimeline from './node_modules/grafana-schema-12/dist/types/raw/composable/statetimeline/panelcfg/x/types.gen';
import type * as table from './node_modules/grafana-schema-12/dist/types/raw/composable/table/panelcfg/x/types.gen';
import type * as timeseries from './node_modules/grafana-schema-12/dist/types/raw/composable/timeseries/panelcfg/x/types.gen';

export type { AnnotationQuery, Dashboard, FieldConfig, Panel } from './node_modules/grafana-schema-12/dist/types/raw/dashboard/x/types.gen';

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
