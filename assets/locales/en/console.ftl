## What is printed when there is no window to draw it in. The command line speaks English, so this file has no translations.

window-no-display = Tillback found no screen to open its window on.
    .do = On a machine without a screen, run it as: xvfb-run -a tillback
window-no-graphics = Tillback could not draw its window: { $why }.
    .do = Install the graphics library: apt-get install libgl1 libegl1. Without a screen, run it as: xvfb-run -a tillback
window-no-library = Tillback could not open its window: a library is missing ({ $why }).
    .do = Install it: apt-get install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1
window-broken = The window has stopped: { $why }.
    .do = Nothing is lost: start Tillback again. A refund that was on its way is checked at the start.
