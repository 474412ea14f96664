; The installer for Windows 10 and 11 (64 bit), for Inno Setup 6: makes TillbackSetup.exe of what stands in ..\..\target\windows-package.
;
;   ISCC.exe packaging\windows\tillback.iss
;
; For every user or for one, as whoever installs chooses. Settings and data stay where they are at removal: refunds are in them.
#define Version GetFileVersion("..\..\target\windows-package\tillback.exe")

[Setup]
AppId={{6E0B7E0C-6B55-4B1B-9B4C-6D2E9C1D7A10}
AppName=Tillback
AppVersion={#Version}
AppVerName=Tillback {#Version}
DefaultDirName={autopf}\Tillback
DefaultGroupName=Tillback
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\..\target
OutputBaseFilename=TillbackSetup
Compression=lzma2
SolidCompression=yes
UninstallDisplayIcon={app}\tillback.exe
LicenseFile=..\..\LICENSE
; A till that runs holds the program's file; it is asked to close and started again afterwards.
CloseApplications=yes
RestartApplications=yes

[Files]
Source: "..\..\target\windows-package\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{group}\Tillback"; Filename: "{app}\tillback.exe"
Name: "{group}\Tillback demo"; Filename: "{app}\tillback.exe"; Parameters: "demo"
Name: "{autodesktop}\Tillback"; Filename: "{app}\tillback.exe"; Tasks: desktop
Name: "{autostartup}\Tillback"; Filename: "{app}\tillback.exe"; Tasks: start

[Tasks]
Name: desktop; Description: "An icon on the desktop"
Name: start; Description: "Start Tillback when somebody signs in to Windows"; Flags: unchecked

[Run]
Filename: "{app}\tillback.exe"; Parameters: "demo"; Description: "Open the demo: nothing to set up, no real money"; Flags: postinstall nowait skipifsilent unchecked
