import type { AnnotationQuery, Custom, Dashboard, FieldConfig, Options, Panel } from 'panels';

/** The type in JSON, where an enum is its text, and with everything optional. */
type Json<T> = 0 extends 1 & T
  ? any
  : T extends string
    ? `${T}`
    : T extends readonly (infer U)[]
      ? Json<U>[]
      : T extends object
        ? { [K in keyof T]?: Json<T[K]> }
        : T;

type Type = keyof Options;

/** What a field of a panel may be told. */
export type Field<T extends Type> = Json<Omit<FieldConfig, 'custom'>> & { custom?: Json<Custom[T]> };

interface Parts<T extends Type> {
  type: T;
  options: Json<Options[T]>;
  fieldConfig: { defaults: Field<T>; overrides: unknown[] };
}

/** A panel. */
export type PanelOf<T extends Type> = Json<Omit<Panel, keyof Parts<T>>> & Parts<T>;

/** What Prometheus reads of an annotation is in no schema, nor is builtIn in that of Grafana 10. */
interface Annotation {
  builtIn?: number;
  expr?: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
  tagKeys?: string;
  useValueForTime?: boolean;
}

/** A dashboard without its panels. */
export type Frame = Json<Omit<Dashboard, 'panels' | 'annotations'>> & {
  annotations: { list: (Json<AnnotationQuery> & Annotation)[] };
};
