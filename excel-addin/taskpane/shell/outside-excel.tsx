import { texts } from "../../texts";
import { BrandMark } from "./brand-mark";

/** Shown where there is no Excel to talk to; therefore without the theme of Office. */
export function OutsideExcel({ text }: { text: string }) {
  return (
    <main
      style={{
        font: "14px/1.5 'Segoe UI', 'Open Sans', system-ui, sans-serif",
        padding: "40px 24px",
        maxWidth: "420px",
      }}
    >
      <BrandMark size={32} />
      <h1 style={{ fontSize: "24px", lineHeight: 1.2 }}>{texts.outsideExcel.title}</h1>
      <p>{text}</p>
    </main>
  );
}
