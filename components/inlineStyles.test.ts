import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { OriginPicker } from "#components/features/projects/new/OriginPicker.tsx";
import { TemplatePicker } from "#components/features/projects/new/TemplatePicker.tsx";
import { SegmentedControl } from "./ui/SegmentedControl.tsx";

const nothing = () => {};

// Browsers refuse style attributes in what the server renders; later ones are set by scripts, which are ours.
test("what libraries would style inline is rendered by the server without", () => {
  const pieces = [
    createElement(SegmentedControl, {
      label: "One",
      value: "a",
      onValueChange: nothing,
      options: [{ value: "a", label: "A" }],
    }),
    createElement(OriginPicker, { value: "blank", onValueChange: nothing }),
    createElement(TemplatePicker, { value: "crm", onValueChange: nothing }),
  ];
  for (const piece of pieces) {
    const html = renderToString(createElement("form", null, piece));
    expect(html).toContain("radio");
    expect(html).not.toContain("style=");
  }
});
