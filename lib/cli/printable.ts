export { printable, printableJson } from "../content/inspection/printable";
