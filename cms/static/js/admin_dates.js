// A date that the calendar cannot read stays as it was typed, so that the server can take it or say what is wrong;
// left alone, the calendar would silently put today in its place.
const keepWhatWasTyped = () => {
  const calendar = window.jQuery?.fn.datetimepicker;
  if (calendar) calendar.defaults.validateOnBlur = false;
};

keepWhatWasTyped();
document.addEventListener("DOMContentLoaded", keepWhatWasTyped, { capture: true });
