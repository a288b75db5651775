/**
 * Shows what is a `popover` above everything else. An engine that knows none (WebView2 before 114)
 * shows it by its style, fixed over the page.
 */
export function showAbove(list: HTMLElement): void {
  if ("showPopover" in list && !list.matches(":popover-open")) list.showPopover();
}
