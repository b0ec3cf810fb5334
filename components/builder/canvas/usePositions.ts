"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Model } from "#lib/model/types.ts";
import type { Point } from "./geometry.ts";
import { layoutModel } from "./layoutModel.ts";
import { keepPositions, type Positions, placeMissing, readPositions } from "./positions.ts";

interface CanvasPositions {
  /** Null until a first arrangement is made. */
  readonly positions: Positions | null;
  readonly arranging: boolean;
  move(moved: Positions): void;
  /** Arranges everything anew; answers what was before. */
  tidy(): Promise<Positions>;
  /** Where the next new resource shall stand. */
  placeNextAt(point: Point): void;
}

/** Where pictures stand: remembered in the browser for each project, laid out when nothing is remembered. */
export function usePositions(storageKey: string, model: Model, centre: () => Point | null): CanvasPositions {
  const [stored, setStored] = useState<Positions | null>(null);
  const [arranging, setArranging] = useState(false);
  const next = useRef<Point | null>(null);
  const latest = useRef(model);
  latest.current = model;

  const unkept = useRef<Positions | null>(null);
  const keep = useCallback(() => {
    if (unkept.current) keepPositions(window.localStorage, storageKey, unkept.current);
    unkept.current = null;
  }, [storageKey]);

  const arrange = useCallback(async () => {
    setArranging(true);
    try {
      return await layoutModel(latest.current);
    } catch {
      // Without the engine (an old browser, a lost connection) rows are better than nothing.
      return placeMissing(latest.current, {}, null);
    } finally {
      setArranging(false);
    }
  }, []);

  useEffect(() => {
    let gone = false;
    const known = readPositions(window.localStorage, storageKey);
    const mostly = latest.current.resources.filter(({ table }) => Object.hasOwn(known, table)).length;
    if (latest.current.resources.length === 0 || mostly > 0) setStored(known);
    else arrange().then((positions) => (gone ? undefined : setStored(positions)));
    return () => {
      gone = true;
    };
  }, [storageKey, arrange]);

  const positions = useMemo(
    () => stored && placeMissing(model, stored, next.current ?? centre()),
    [stored, model, centre],
  );
  useEffect(() => {
    if (!positions || positions === stored) return;
    next.current = null;
    setStored(positions);
  }, [positions, stored]);

  useEffect(() => {
    if (!stored) return;
    unkept.current = stored;
    const timer = setTimeout(keep, 300);
    return () => clearTimeout(timer);
  }, [stored, keep]);
  // What was moved last is kept when another view is shown.
  useEffect(() => keep, [keep]);

  const move = useCallback((moved: Positions) => setStored((before) => ({ ...before, ...moved })), []);
  const tidy = useCallback(async () => {
    const before = stored ?? {};
    setStored(await arrange());
    return before;
  }, [stored, arrange]);
  const placeNextAt = useCallback((point: Point) => {
    next.current = point;
  }, []);

  return { positions, arranging, move, tidy, placeNextAt };
}
