## The words of the window around the screens, English: keys, signs.

sheet-title = Keys
sheet-here = On this screen
sheet-everywhere = Everywhere
sheet-close = Close
sheet-note = Nothing on the screen is pressed while this is open.
sheet-digits = Type the number
sheet-arrows = Choose, up and down
sheet-choices = Turn the page
sheet-tab = The next button; with Shift the one before
sheet-space = Press what has the ring
sheet-enter = Press the main button, or what has the ring
sheet-f1-key = F1
sheet-f1 = This list of keys
sheet-open = Open it
sheet-nothing = No key does anything here right now.
key-tab = Tab
key-space = Space
key-arrows = Arrows
key-digits = 0 to 9
key-delete = Delete
sign-read = Read
sign-refused = Refused
sign-done = Done
sign-attention = Please look
sound-twin = Every sound is shown as a word below, muted or not.
