/* What rights in Microsoft's text form (SDDL) mean, as the system itself reads them: rights.exe TEXT. Ends with 0 only where
   administrators own the thing, nothing is inherited from above, the system and administrators may do everything, users may
   read, and nobody else may do anything. Used by packaging/windows/try; no part of the program. */
#include <stdio.h>
#include <windows.h>
#include <sddl.h>

static int is(PSID sid, WELL_KNOWN_SID_TYPE who) { return IsWellKnownSid(sid, who); }

int main(int count, char **words) {
    PSECURITY_DESCRIPTOR rights;
    if (count != 2 || !ConvertStringSecurityDescriptorToSecurityDescriptorA(words[1], SDDL_REVISION_1, &rights, NULL)) {
        printf("not understood: error %lu\n", GetLastError());
        return 1;
    }
    SECURITY_DESCRIPTOR_CONTROL control;
    DWORD revision;
    PSID owner;
    PACL list;
    BOOL there, usual;
    GetSecurityDescriptorControl(rights, &control, &revision);
    GetSecurityDescriptorOwner(rights, &owner, &usual);
    GetSecurityDescriptorDacl(rights, &there, &list, &usual);
    int good = there && list && list->AceCount == 3 && (control & SE_DACL_PROTECTED);
    good = good && owner && is(owner, WinBuiltinAdministratorsSid);
    for (WORD at = 0; good && at < list->AceCount; at++) {
        ACCESS_ALLOWED_ACE *one;
        GetAce(list, at, (void **)&one);
        PSID who = &one->SidStart;
        int all = is(who, WinLocalSystemSid) || is(who, WinBuiltinAdministratorsSid);
        ACCESS_MASK wanted = all ? FILE_ALL_ACCESS : FILE_GENERIC_READ | FILE_GENERIC_EXECUTE;
        good = one->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && one->Mask == wanted;
        good = good && one->Header.AceFlags == (OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE);
        good = good && (all || is(who, WinBuiltinUsersSid));
        printf("%s: %08lx\n", all ? "system or administrators" : "users", one->Mask);
    }
    printf("%s\n", good ? "as they should be" : "not as they should be");
    return !good;
}
